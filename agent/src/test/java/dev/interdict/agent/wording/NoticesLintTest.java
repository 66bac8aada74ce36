package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Phase;
import dev.interdict.policy.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for every notice in every language, whoever writes the next one.
final class NoticesLintTest {
  private static final Pattern DATE_OR_TIME =
      Pattern.compile("\\d{1,2} (January|July)|\\d{1,2}月\\d{1,2}日|\\d\\d:\\d\\d");
  private static final Pattern NEXT_STEP =
      Pattern.compile(
          "\\b(Use|use|Move|move|Ask|ask|Finish|finish|Save|save|remove it yourself|Questions)\\b"
              + "|[Yy]ou need to do nothing|Please|You can|[Nn]othing|interdict-agent"
              + "|Only on this computer|Settings are as before"
              + "|请|无需|申请|可|不做任何处理|仅限本机|一致|interdict-agent");
  private static final Pattern LATIN_BESIDE_HANZI =
      Pattern.compile("[A-Za-z0-9]\\p{IsHan}|\\p{IsHan}[A-Za-z0-9]");

  private static Messages messages(Language language) {
    return Messages.load(Wording.class, "notices", language);
  }

  private record Case(Phase lead, Texts texts) {}

  private static List<Case> all(Language language) {
    var cases = new ArrayList<Case>();
    for (var matters : join(Told.single(), Told.merged())) {
      cases.add(
          new Case(
              Leading.of(matters).lead().phase(),
              Told.texts(language, matters.toArray(Matter[]::new))));
    }
    return cases;
  }

  private static List<List<Matter>> join(List<List<Matter>> one, List<List<Matter>> other) {
    var all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  @Test
  void every_language_has_every_message() {
    for (var language : Language.values()) {
      assertEquals(
          new TreeSet<>(messages(Language.EN).keys()), new TreeSet<>(messages(language).keys()));
    }
  }

  /// A language may choose by a number and need not; it must say the same.
  @Test
  void every_language_uses_the_same_facts_in_a_message() {
    for (var key : messages(Language.EN).keys()) {
      assertEquals(facts(messages(Language.EN), key), facts(messages(Language.ZH_CN), key), key);
    }
  }

  @Test
  void no_quote_eats_a_placeholder() {
    for (var language : Language.values()) {
      assertEquals("", MessageRules.quoted(messages(language)));
    }
  }

  /// ICU's plural categories and digits cost a short-lived process a third of a second.
  @Test
  void no_notice_waits_for_what_it_does_not_need() {
    for (var language : Language.values()) {
      for (var key : messages(language).keys()) {
        var pattern = messages(language).pattern(key);
        assertFalse(pattern.matches("(?s).*(#|\\b(zero|one|two|few|many) *\\{).*"), pattern);
      }
    }
  }

  private static Set<String> facts(Messages messages, String key) {
    var facts = new TreeSet<String>();
    messages.names(key).forEach(name -> facts.add(name.replaceAll("_n$", "")));
    // Where a sentence branches is a language's own affair.
    facts.removeAll(Set.of("same", "enforcement"));
    return facts;
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void notices_of_usual_names_keep_their_budget_uncut(Language language) {
    var budget = Budget.of(language);
    assertEquals(new Budget(48, language == Language.EN ? 150 : 140, 30), budget);
    for (var one : all(language)) {
      var texts = one.texts();
      assertTrue(Columns.of(texts.title()) <= budget.title(), texts.title());
      assertTrue(Columns.of(texts.body()) <= budget.body(), texts.body());
      assertTrue(texts.choices().size() <= 3, texts.toString());
      assertFalse(texts.toString().contains("…"), texts.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void each_notice_says_when_and_what_to_do(Language language) {
    for (var one : all(language)) {
      var texts = one.texts();
      var both = texts.title() + " " + texts.body();
      assertTrue(NEXT_STEP.matcher(both).find(), both);
      assertFalse(texts.choices().isEmpty(), both);
      if (Occasion.date(one.lead()) != null) {
        assertTrue(DATE_OR_TIME.matcher(both).find(), both);
      }
    }
    for (var answer : Told.answers()) {
      var texts = Told.answered(answer, "Claude Code", language);
      assertTrue(NEXT_STEP.matcher(texts.body()).find(), texts.body());
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void nothing_shouts_and_nothing_is_left_unfilled(Language language) {
    for (var text : texts(language)) {
      assertFalse(text.isBlank());
      assertFalse(text.matches(".*[!！{}#'].*"), text);
      assertFalse(text.matches(".* [.,;:，。；：）].*|.*\\(\\).*|.*（）.*|.*  .*"), text);
    }
  }

  private static List<String> texts(Language language) {
    var all = new ArrayList<String>();
    for (var one : all(language)) {
      add(all, one.texts());
    }
    for (var answer : Told.answers()) {
      add(all, Told.answered(answer, "Claude Code", language));
    }
    return all;
  }

  private static void add(List<String> all, Texts texts) {
    all.addAll(List.of(texts.sender(), texts.title(), texts.body(), texts.more()));
    texts.choices().forEach(choice -> all.add(choice.label()));
  }

  @Test
  void chinese_is_set_as_chinese_is() {
    for (var text : texts(Language.ZH_CN)) {
      var own = text.replaceAll("\\d+月\\d+日|\\d+年", "日期");
      assertFalse(LATIN_BESIDE_HANZI.matcher(own).find(), text);
      assertFalse(own.matches(".*\\p{IsHan}[,.;:()?].*|.*[,.;:()?]\\p{IsHan}.*"), text);
      assertFalse(text.contains("你"), text);
      assertFalse(text.matches(".*[\\p{IsHan}，。：；（）] [\\p{IsHan}，。：；（）].*"), text);
    }
  }

  @Test
  void english_is_set_as_english_is() {
    for (var text : texts(Language.EN)) {
      var own = text.replace("通义实验版", "Tongyi");
      assertTrue(own.matches("[\\x20-\\x7E]+"), text);
      assertFalse(own.matches(".*[a-z][.,;:][A-Za-z].*") && !own.contains("@"), text);
    }
  }

  @Test
  void every_message_of_a_notice_is_said_by_some_notice() {
    // What is in the file and never said would be checked by nobody.
    var kinds = new TreeSet<String>();
    for (var one : all(Language.EN)) {
      kinds.add(one.lead().key());
    }
    for (var key : messages(Language.EN).keys()) {
      if (key.endsWith(".title") && !key.startsWith("answered.")) {
        var kind = key.replaceAll("^many\\.|\\.title$", "");
        assertTrue(kinds.contains(kind), key);
        assertTrue(messages(Language.EN).keys().contains(key.replace(".title", ".body")), key);
      }
    }
  }
}
