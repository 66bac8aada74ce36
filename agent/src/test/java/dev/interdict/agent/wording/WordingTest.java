package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Recipient;
import dev.interdict.agent.notice.Samples;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordingTest {
  private static final EnumSet<Enforcement> TELLING =
      EnumSet.complementOf(EnumSet.of(Enforcement.OBSERVE));
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/interdict/agent/wording/wording.golden.txt");

  @Test
  void every_language_has_every_message() {
    for (var language : Language.values()) {
      assertEquals(Catalogue.of(Language.EN).keys(), Catalogue.of(language).keys(), language.tag());
    }
  }

  @Test
  void every_language_uses_the_same_facts_in_a_message() {
    for (var key : Catalogue.of(Language.EN).keys()) {
      if (key.equals("left.one")) {
        continue;
      }
      var english = placeholders(Catalogue.of(Language.EN).template(key));
      var chinese = placeholders(Catalogue.of(Language.ZH_CN).template(key));
      assertTrue(
          key.startsWith("month.") || key.equals("date") || english.equals(chinese),
          key + ": " + english + " against " + chinese);
    }
  }

  private static HashSet<String> placeholders(String template) {
    var names = new HashSet<String>();
    for (var part : template.split("\\{", -1)) {
      if (part.indexOf('}') > 0) {
        names.add(part.substring(0, part.indexOf('}')));
      }
    }
    return names;
  }

  @Test
  void notices_read_as_agreed() throws IOException {
    var actual = new StringBuilder();
    for (var enforcement : TELLING) {
      for (var language : Language.values()) {
        actual.append("## ").append(enforcement).append(' ').append(language.tag()).append("\n\n");
        for (var phase : Samples.phases()) {
          var texts = texts(phase, enforcement, language);
          actual
              .append(phase.key())
              .append(": ")
              .append(texts.title())
              .append("\n  ")
              .append(texts.body())
              .append("\n  ")
              .append(texts.choices().stream().map(Texts.Choice::label).toList())
              .append('\n');
        }
        actual.append('\n');
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, actual);
    }
    assertEquals(Files.readString(GOLDEN, StandardCharsets.UTF_8), actual.toString());
  }

  @Test
  void texts_of_usual_length_keep_their_budget_uncut() {
    for (var enforcement : TELLING) {
      for (var phase : Samples.phases()) {
        for (var language : Language.values()) {
          var texts = texts(phase, enforcement, language);
          assertWithinBudget(texts, language);
          assertFalse((texts.title() + texts.body()).contains("…"), texts.toString());
        }
      }
    }
  }

  @Test
  void long_names_are_shortened_and_dates_and_next_steps_are_not() {
    var rule =
        Samples.rule(
            "The Extraordinarily Long Name of an Assistant for Programming, Enterprise Edition",
            "A Replacement Whose Name Nobody Would Ever Want to Read in Full Either",
            Enforcement.REMOVE);
    for (var phase : Samples.phases()) {
      for (var language : Language.values()) {
        assertWithinBudget(
            told(rule, phase, Samples.recipient(1000, language)), language);
      }
    }
    var announced =
        told(
                rule, new Phase.Announced(Samples.MIDNIGHT), Samples.recipient(1000, Language.EN))
            ;
    assertEquals("The Extraordinarily… will be removed on 10 July", announced.title());
    assertTrue(announced.body().endsWith("Your projects stay as they are."), announced.body());
  }

  private static void assertWithinBudget(Texts texts, Language language) {
    assertTrue(Columns.of(texts.title()) <= 48, texts.title());
    assertTrue(Columns.of(texts.body()) <= Wording.bodyColumns(language), texts.body());
  }

  @Test
  void tomorrow_and_tonight_are_only_said_where_they_are_true() {
    var newYork =
        new Recipient(
            Samples.recipient(1000, Language.EN).home(),
            Language.EN,
            ZoneId.of("America/New_York"));
    var texts =
        told(Samples.rule(), new Phase.DayBefore(Samples.MIDNIGHT, null), newYork);
    assertEquals("Claude Code will be removed on 10 July", texts.title());
    assertTrue(texts.body().startsWith("At 00:00 (China Time) it is closed"), texts.body());
  }

  @Test
  void names_and_reasons_from_outside_are_inert() {
    var rule =
        Samples.rule(
            "Cl\u001B[31maude\u202E {repl}\n", "Qo\u200Bder\u0007{tool}", Enforcement.REMOVE);
    var texts =
        told(
                rule, new Phase.Announced(Samples.MIDNIGHT), Samples.recipient(1000, Language.EN))
            ;
    assertEquals("Cl[31maude {repl} will be removed on 10 July", texts.title());
    assertTrue(texts.body().contains("Use Qoder{tool} instead."), texts.body());
  }

  @Test
  void removal_is_offered_only_where_the_rule_removes() {
    for (var enforcement : TELLING) {
      var keys =
          texts(new Phase.DayBefore(Samples.MIDNIGHT, null), enforcement, Language.EN).choices().stream()
              .map(Texts.Choice::key)
              .toList();
      assertEquals(
          enforcement == Enforcement.REMOVE
              ? List.of("remove", "get", "remind")
              : List.of("get", "remind"),
          keys);
    }
  }

  private static Texts told(Rule rule, Phase phase, Recipient recipient) {
    return Wording.texts(Samples.notice(rule, phase, recipient), Samples.NOW);
  }

  private static Texts texts(Phase phase, Enforcement enforcement, Language language) {
    var rule = Samples.rule("Claude Code", "Qoder", enforcement);
    return told(rule, phase, Samples.recipient(1000, language));
  }
}
