package dev.interdict.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Parsers with the defects that are looked for: each is found, and said in a way that it can be
/// seen again.
class FuzzTest {
  private static final FuzzSettings SETTINGS =
      new FuzzSettings(0, 3_000, 7, null, -1, Duration.ofMillis(500));

  private static AssertionError defect(Fuzz fuzz, Fuzz.Reading reading) {
    return assertThrows(AssertionError.class, () -> fuzz.run(reading, SETTINGS));
  }

  private static void assertSays(String expected, AssertionError defect) {
    var said = String.valueOf(defect.getMessage());
    assertTrue(said.contains(expected), said);
  }

  @Test
  void an_error_that_was_not_declared() {
    var defect =
        defect(
            Fuzz.of("cutter").seeds("key=value").refuses(IOException.class),
            input -> assertNotNull(Fuzz.text(input).substring(0, Fuzz.text(input).indexOf('='))));
    assertSays("StringIndexOutOfBounds", defect);
    assertSays("-Dfuzz.parser=cutter -Dfuzz.seed=7 -Dfuzz.round=", defect);
  }

  @Test
  void a_round_run_by_itself_is_the_same_input() throws InterruptedException {
    var inputs = new ArrayList<byte[]>();
    Fuzz.of("p").seeds("{\"a\": [1, 2]}", "key=value").run(inputs::add, SETTINGS);
    var alone = new ArrayList<byte[]>();
    Fuzz.of("p")
        .seeds("{\"a\": [1, 2]}", "key=value")
        .run(alone::add, new FuzzSettings(0, 3_000, 7, "p", 1234, Duration.ofSeconds(30)));
    assertEquals(1, alone.size());
    assertArrayEquals(inputs.get(1234), alone.getFirst());
  }

  @Test
  void an_input_that_does_not_come_to_an_end() {
    var defect =
        defect(
            Fuzz.of("waiter").seeds("aaaa"),
            input -> {
              while (input.length > 8) {
                Thread.sleep(10);
              }
            });
    assertSays("did not end", defect);
    assertEquals("sleep", named(defect.getStackTrace()[0].getMethodName()));
  }

  private static String named(String method) {
    return method.startsWith("sleep") ? "sleep" : method;
  }

  @Test
  void recursion_as_deep_as_the_input_says() {
    assertSays(
        "StackOverflowError", defect(Fuzz.of("nest").seeds("[[1]]"), input -> nest(input, 0)));
  }

  private static int nest(byte[] input, int at) {
    return at < input.length && input[at] == '[' ? 1 + nest(input, at + 1) : 0;
  }

  @Test
  void memory_by_a_length_that_was_only_declared() {
    var defect =
        defect(
            Fuzz.of("frame").seeds(new byte[] {0, 0, 0, 1, 9}).refuses(IOException.class),
            input -> {
              var length = input.length < 4 ? -1 : ByteBuffer.wrap(input).getInt();
              if (length < 0 || length > 1 << 28 || new byte[length].length > input.length) {
                throw new IOException("too long");
              }
            });
    assertSays("took ", defect);
  }

  @Test
  void a_property_that_does_not_hold() {
    assertSays(
        "sorted",
        defect(
            Fuzz.of("sorted").seeds("abc"),
            input -> {
              var sorted = input.clone();
              Arrays.sort(sorted);
              assertArrayEquals(sorted, input, "sorted");
            }));
  }

  @Test
  void a_real_input_that_is_refused() {
    var defect =
        defect(
            Fuzz.of("strict").seeds("x").refuses(IOException.class),
            _ -> {
              throw new IOException("never");
            });
    assertSays("is real and was refused", defect);
  }

  @Test
  void changed_documents_are_often_still_documents() throws InterruptedException {
    var read = new int[1];
    Fuzz.of("json")
        .seeds("{\"name\": \"x\", \"list\": [{\"a\": 1}, {\"a\": 2}], \"on\": true}")
        .run(
            input -> {
              try {
                dev.interdict.json.JsonReader.read(input, dev.interdict.json.JsonLimits.OWN);
                read[0]++;
              } catch (dev.interdict.json.JsonException e) {
                assertTrue(List.of(input).size() == 1);
              }
            },
            SETTINGS);
    assertTrue(read[0] > 600 && read[0] < 2_400, read[0] + " of 3000 are still read");
  }
}
