package dev.interdict.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The shapes that are told by hand are those of these patterns.
class IdShapesTest {
  private static final String CHARACTERS = "0189afgz.-AFZ_/:`{é\n ";
  private static final int TRIES = 20_000;

  private static boolean takes(Consumer<String> shape, String text) {
    try {
      shape.accept(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Texts of about that length, of which every second is of characters that fit.
  private static void agree(String pattern, int length, String fitting, Consumer<String> shape) {
    var expected = Pattern.compile(pattern);
    var random = new Random(7);
    for (var n = 0; n < TRIES; n++) {
      var size = Math.max(0, length + random.nextInt(3) - 1);
      var text = new StringBuilder();
      for (var i = 0; i < size; i++) {
        var from = n % 2 == 0 || random.nextInt(40) > 0 ? fitting : CHARACTERS;
        text.append(from.charAt(random.nextInt(from.length())));
      }
      var told = text.toString();
      assertEquals(expected.matcher(told).matches(), takes(shape, told), told);
    }
  }

  @Test
  void devices() {
    agree("[0-9a-f]{32}", 32, "0189abcdef", DeviceId::new);
  }

  @Test
  void findings() {
    agree("[0-9a-f]{16}", 16, "0189abcdef", ReportedFinding::key);
  }

  @Test
  void rules() {
    Consumer<String> rule =
        text -> new ReportedRule(text, RuleState.UNKNOWN, null, null, null, List.of(), List.of());
    for (var length : new int[] {1, 2, 20, 100}) {
      agree("[a-z0-9][a-z0-9.-]{0,99}", length, "09azk.-", rule);
    }
  }
}
