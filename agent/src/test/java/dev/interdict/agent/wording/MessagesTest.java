package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.policy.Language;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MessagesTest {
  private static final Messages ENGLISH =
      new Messages(
          Language.EN,
          Map.of(
              "only-english", "Only in English",
              "both", "In English",
              "blank-there", "Said in English"),
          null);

  private static Messages english(String pattern) {
    return new Messages(Language.EN, Map.of("m", pattern), null);
  }

  @Test
  void what_a_language_does_not_say_is_said_in_english() {
    var chinese = new Messages(Language.ZH_CN, Map.of("both", "用中文", "blank-there", "  "), ENGLISH);
    assertEquals("用中文", chinese.say("both"));
    assertEquals("Only in English", chinese.say("only-english"));
    assertEquals("Said in English", chinese.say("blank-there"));
    assertEquals(
        "no message \"nowhere\" in any language",
        assertThrows(IllegalStateException.class, () -> chinese.say("nowhere")).getMessage());
  }

  @Test
  void a_language_without_a_file_speaks_english() {
    var chinese = Messages.load(MessagesTest.class, "english-only", Language.ZH_CN);
    assertEquals("Only in English: x", chinese.say("greeting", "x"));
    assertThrows(
        IllegalStateException.class,
        () -> Messages.load(MessagesTest.class, "no-such-file", Language.EN));
  }

  @Test
  void a_value_is_no_placeholder_and_no_syntax() {
    var values = Map.of("a", "{b} '{a}' {n, plural, other {#}} #", "b", "B");
    assertEquals(
        "{b} '{a}' {n, plural, other {#}} # and B", english("{a} and {b}").say("m", values));
  }

  @Test
  void a_value_brings_no_control_and_no_second_line() {
    var values = Map.of("a", "x\u001B[31m\n\u202Ey\u2028z\u0000");
    assertEquals("<x[31m y z>", english("<{a}>").say("m", values));
  }

  @Test
  void a_number_is_written_plainly_and_chosen_by() {
    var days = english("{days_n, plural, =0 {none} =1 {1 day} other {{days} days}}");
    assertEquals("none", days.say("m", Map.of("days", 0)));
    assertEquals("1 day", days.say("m", Map.of("days", 1)));
    assertEquals("12345 days", days.say("m", Map.of("days", 12_345)));
  }

  @Test
  void categories_and_digits_of_icu_work_as_well() {
    var files = english("{0_n, plural, one {# file} other {# files}}");
    assertEquals("1 file", files.say("m", 1));
    assertEquals("1,234 files", files.say("m", 1_234));
  }

  @Test
  void a_named_value_that_is_not_given_is_a_mistake() {
    var message = english("{tool} {when, select, today {at {clock}} other {later}}");
    assertThrows(
        IllegalStateException.class, () -> message.say("m", Map.of("tool", "x", "when", "later")));
    assertEquals(Set.of("clock", "tool", "when"), message.names("m"));
  }

  @Test
  void apostrophes_are_text() {
    assertEquals("the rule's date: x", english("the rule''s date: {0}").say("m", "x"));
    assertEquals("the rule's date: x", english("the rule's date: {0}").say("m", "x"));
  }
}
