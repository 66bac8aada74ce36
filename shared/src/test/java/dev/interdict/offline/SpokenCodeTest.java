package dev.interdict.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpokenCodeTest {
  private static final DeviceId DEVICE = new DeviceId("3f9a01c2".repeat(4));
  private static final RuleId RULE = new RuleId("claude-code");
  private static final Challenge CHALLENGE = Challenge.of(DEVICE, RULE, 0x2c0ffee1);
  private static final OneTimeCode CODE =
      new OneTimeCode(
          Instant.parse("2026-07-12T08:00:00Z"), BigInteger.TWO.pow(69).add(BigInteger.TEN));

  @Test
  void what_is_read_out_is_read_back() {
    assertEquals(24, CHALLENGE.text().length());
    assertEquals(CHALLENGE, Challenge.read(CHALLENGE.text()));
    assertEquals(CODE, OneTimeCode.read(CODE.text()));
    assertTrue(CHALLENGE.isOf(DEVICE) && CHALLENGE.isFor(RULE));
    assertFalse(CHALLENGE.isFor(new RuleId("cursor")));
    assertFalse(CHALLENGE.isOf(new DeviceId("3f9a01c3".repeat(4))));
  }

  @Test
  void it_does_not_matter_how_people_group_and_write_it() {
    var text = CODE.text();
    assertEquals(CODE, OneTimeCode.read(text.replace("-", "").toLowerCase(java.util.Locale.ROOT)));
    assertEquals(CODE, OneTimeCode.read(" " + text.replace('-', '–') + " "));
    assertEquals(CODE, OneTimeCode.read(text.replace('0', 'o').replace('1', 'l')));
  }

  @Test
  void no_wrong_symbol_and_no_two_that_changed_places_are_taken() {
    var text = CODE.text();
    for (var at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '-') {
        continue;
      }
      for (var other : "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray()) {
        if (other != text.charAt(at)) {
          var wrong = text.substring(0, at) + other + text.substring(at + 1);
          assertThrows(IllegalArgumentException.class, () -> OneTimeCode.read(wrong), wrong);
        }
      }
    }
    var plain = text.replace("-", "");
    for (var at = 0; at + 1 < plain.length(); at++) {
      if (plain.charAt(at) != plain.charAt(at + 1)) {
        var swapped =
            plain.substring(0, at)
                + plain.charAt(at + 1)
                + plain.charAt(at)
                + plain.substring(at + 2);
        assertThrows(IllegalArgumentException.class, () -> OneTimeCode.read(swapped), swapped);
      }
    }
  }

  @Test
  void a_challenge_is_no_code_and_a_code_is_no_challenge() {
    assertThrows(IllegalArgumentException.class, () -> OneTimeCode.read(CHALLENGE.text()));
    assertThrows(IllegalArgumentException.class, () -> Challenge.read(CODE.text()));
  }

  @Test
  void what_is_no_spelling_at_all_is_refused() {
    for (var text :
        new String[] {
          "", "-", "U".repeat(20), "0".repeat(19), "0".repeat(21), "０".repeat(20), " ".repeat(100)
        }) {
      assertThrows(IllegalArgumentException.class, () -> OneTimeCode.read(text), text);
    }
  }

  @Test
  void the_end_is_whole_hours_and_rounds_to_the_earlier_one() {
    var at = Instant.parse("2026-07-12T08:59:59.999Z");
    assertEquals(Instant.parse("2026-07-12T08:00:00Z"), OneTimeCode.whole(at));
    assertThrows(IllegalArgumentException.class, () -> new OneTimeCode(at, BigInteger.ONE));
  }

  @Test
  void a_nonce_has_a_name_of_its_own() {
    assertEquals("C-000001", Challenge.name(1));
    assertNotEquals(Challenge.name(1), Challenge.name(2));
  }
}
