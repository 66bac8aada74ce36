package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Risk;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.draft.LintCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  private static final Pattern USED =
      Pattern.compile("\"((?:[a-z][a-z0-9-]*\\.)+[a-z0-9][a-z0-9-]*)\"");

  private static final Pattern PIECE = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"");
  private static final Pattern SENTENCE =
      Pattern.compile("Sentence\\.of\\(\\s*\"([a-z0-9.-]+)\",\\s*((?:" + PIECE + "[\\s+]*)+)");

  /// Messages that are found by a word which comes with the data.
  private static final Set<String> BY_WORD =
      Set.of(
          "status",
          "reported",
          "presence",
          "error",
          "next",
          "problem",
          "refusal",
          "refused",
          "done",
          "action",
          "os",
          "risk",
          "enforcement",
          "stage",
          "role",
          "state",
          "nav",
          "filter",
          "notice",
          "told",
          "way",
          "answer",
          "blind",
          "display",
          "source",
          "did",
          "detail",
          "telling");

  private static final Words ENGLISH = Words.in(Language.EN);
  private static final Words CHINESE = Words.in(Language.ZH_CN);

  @Test
  void both_languages_say_the_same_things() {
    assertEquals(new TreeSet<>(ENGLISH.keys()), new TreeSet<>(CHINESE.keys()));
  }

  @Test
  void every_message_that_a_template_or_page_names_exists_and_none_is_left_over() {
    var prefixes = new TreeSet<String>();
    ENGLISH.keys().forEach(key -> prefixes.add(key.substring(0, key.indexOf('.'))));
    var named = new TreeSet<String>();
    for (var folder : Set.of("src/main/jte", "src/main/java/dev/interdict/server/web")) {
      for (var text : texts(Path.of(folder))) {
        var matcher = USED.matcher(text);
        while (matcher.find()) {
          var key = matcher.group(1);
          if (prefixes.contains(key.substring(0, key.indexOf('.')))) {
            named.add(key);
          }
        }
      }
    }
    var unused = new TreeSet<>(ENGLISH.keys());
    unused.removeAll(named);
    unused.removeIf(key -> BY_WORD.contains(key.substring(0, key.indexOf('.'))));
    unused.removeIf(key ->
        key.matches(
            "(rule\\.(kind|strength|change|detects|on|removes|tab)|device\\.turn|queue\\.(state|did)"
                + "|draft\\.(did|from|next|severity|state|way|who)|proposals\\.(state|kind)|me\\.(then|way))\\..*"));
    // Those of pages for people who administer.
    unused.removeIf(key ->
        key.matches(
            "step\\.is\\..*|change\\.(failures|percent)\\b.*|change\\.(earlier|looser)-of|fields\\.(clock|match)\\..*|reports\\.every\\..*|enrolment\\.(lines|state|why)\\..*|integrations\\.(state|system)\\..*"
                + "|releases\\.(change|role)\\..*|settings\\.(collection|kind|role|what)\\..*"));
    assertEquals(Set.of(), unused);
    named.removeAll(ENGLISH.keys());
    named.removeIf(key -> ENGLISH.keys().stream().anyMatch(each -> each.startsWith(key + ".")));
    // Names of files, not of messages.
    named.removeIf(key -> key.endsWith(".jte") || key.endsWith(".js"));
    assertEquals(Set.of(), named);
    assertTrue(USED.matcher("words.text(\"overview.title\")").find());
  }

  /// In Chinese they need no word for a role or a step that the rest of the sentence names.
  private static final Set<String> WITH_A_WORD_LESS =
      Set.of("draft.role", "draft.authors", "exemption.role");

  /// The server says in English why it refuses, beside the reason; the words of another language
  /// name that sentence.
  @Test
  void every_sentence_of_the_server_is_said_in_every_language() {
    var english = new TreeMap<String, String>();
    for (var text : texts(Path.of("src/main/java/dev/interdict/server"))) {
      SENTENCE
          .matcher(text)
          .results()
          .forEach(found -> {
            var said =
                PIECE
                    .matcher(found.group(2))
                    .results()
                    .map(piece -> piece.group(1))
                    .collect(Collectors.joining());
            var before = english.put(found.group(1), said);
            assertTrue(before == null || before.equals(said), () -> "two say " + found.group(1));
          });
    }
    assertTrue(english.size() > 200, () -> "only " + english.keySet());
    for (var code : LintCode.values()) {
      english.put("lint." + code + ".title", code.title());
      english.put("lint." + code + ".why", code.reason());
      english.put("lint." + code + ".advice", code.advice());
    }
    for (var language : Language.values()) {
      if (language == Language.EN) {
        continue;
      }
      var words = Words.in(language);
      var unsaid = new TreeSet<>(english.keySet());
      unsaid.removeAll(words.sentences());
      assertEquals(Set.of(), unsaid, language::tag);
      var needless = new TreeSet<>(words.sentences());
      needless.removeAll(english.keySet());
      needless.removeIf(key -> key.matches("(what|case|role)\\..*"));
      assertEquals(Set.of(), needless, language::tag);
      english.forEach((key, said) -> {
        var count = said.split("%s", -1).length - 1;
        var values = IntStream.range(0, count).<Object>mapToObj(i -> "<" + i + ">").toList();
        var text = String.valueOf(words.sentence(key, said, values));
        if (!WITH_A_WORD_LESS.contains(key)) {
          values.forEach(value ->
              assertTrue(text.contains((String) value), () -> key + " leaves out " + value));
        }
        assertEquals(
            said.contains("{"), text.contains("{"), () -> language.tag() + " " + key + ": " + text);
      });
    }
  }

  @Test
  void every_deed_of_a_page_is_an_operation_and_every_word_about_one_too() throws IOException {
    var operations = Files.readString(Path.of("docs/api.md"));
    var named = new TreeSet<String>();
    for (var text : texts(Path.of("src/main/jte"))) {
      Pattern.compile("Deed\\.of\\(\"(\\w+)\"")
          .matcher(text)
          .results()
          .forEach(found -> named.add(found.group(1)));
    }
    assertTrue(named.contains("assignQueueItem"), named::toString);
    ENGLISH.keys().stream()
        .filter(key -> key.startsWith("done.") && !key.matches("done\\.(other|unpublished)"))
        .forEach(key -> named.add(key.substring(5).replaceFirst("\\.already$", "")));
    named.removeIf(operation -> operations.contains("| `" + operation + "` | "));
    assertEquals(Set.of(), named);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void every_constant_that_a_page_may_show_has_a_name(Language language) {
    var words = Words.in(language);
    check(words, "status", Status.values());
    check(words, "reported", RuleState.values());
    check(words, "presence", Presence.values());
    check(words, "error", ErrorClass.values());
    check(words, "next", ErrorClass.values());
    check(words, "problem", Problem.values());
    check(words, "action", ActionKind.values());
    check(words, "os", OsFamily.values());
    check(words, "risk", Risk.values());
    check(words, "enforcement", Enforcement.values());
    check(words, "stage", View.Stage.values());
    check(words, "role", Role.values());
    for (var outcome : ReportedNotice.OUTCOMES) {
      assertFalse(words.text("notice.outcome." + outcome).isBlank(), outcome);
    }
    for (var kind : ReportedAnswer.KINDS) {
      assertFalse(words.text("answer.kind." + kind).isBlank(), kind);
    }
  }

  private static void check(Words words, String prefix, Enum<?>[] constants) {
    for (var constant : constants) {
      assertFalse(words.of(prefix, constant).isBlank(), () -> prefix + " " + constant);
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void every_pattern_is_well_formed_and_takes_the_same_arguments_in_both(Language language) {
    for (var key : Words.in(language).keys()) {
      if (!key.startsWith("format.")) {
        var said = Words.in(language).text(key, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
        assertFalse(said.contains("{"), () -> key + ": " + said);
      }
    }
  }

  @Test
  void numbers_and_dates_follow_the_language() {
    var at = Instant.parse("2026-07-09T16:00:00Z");
    var zone = ZoneId.of("Asia/Shanghai");
    assertEquals("4,186", ENGLISH.number(4186));
    assertEquals("7.5 %", ENGLISH.percent(312, 4186));
    assertEquals("7.5%", CHINESE.percent(312, 4186));
    assertEquals("–", ENGLISH.percent(0, 0));
    assertEquals("Fri 10 Jul 2026, 00:00", ENGLISH.dateTime(at, zone));
    assertEquals("2026年7月10日 周五 00:00", CHINESE.dateTime(at, zone));
    assertEquals("2026-07-09T16:00:00Z", ENGLISH.utc(at));
  }

  @Test
  void a_midnight_is_named_by_both_of_its_days_and_a_moment_in_both_zones() {
    var at = Instant.parse("2026-07-09T16:00:00Z");
    var zone = ZoneId.of("Asia/Shanghai");
    assertEquals("midnight, Thursday to Friday", ENGLISH.midnight(at, zone));
    assertEquals("星期四与星期五之间的零点", CHINESE.midnight(at, zone));
    assertNull(ENGLISH.midnight(at.plusSeconds(60), zone));
    assertNull(ENGLISH.midnight(at, ZoneId.of("UTC")));
    assertEquals(
        "2026-07-09 16:00:00 UTC · Fri 10 Jul 2026, 00:00 China Time", ENGLISH.moment(at, zone));
  }

  @Test
  void lengths_of_time_are_said_in_their_largest_units() {
    assertEquals("6 d 14 h", ENGLISH.span(Duration.ofHours(6 * 24 + 14).plusMinutes(59)));
    assertEquals("1 min 30 s", ENGLISH.span(Duration.ofSeconds(90)));
    assertEquals("0 s", ENGLISH.span(Duration.ofSeconds(-5)));
    var now = Instant.parse("2026-07-03T02:00:00Z");
    assertEquals("just now", ENGLISH.ago(now.minusSeconds(9), now));
    assertEquals("2 min ago", ENGLISH.ago(now.minusSeconds(150), now));
  }

  private static Set<String> texts(Path folder) {
    var texts = new TreeSet<String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertFalse(texts.isEmpty());
    return texts;
  }

  @Test
  void names_stand_in_the_order_of_whoever_reads() {
    var chinese =
        List.of(
            "安全", "财务", "岑岚", "陈晨", "亓静", "滕飞", "销售", "行政", "闫丽", "研发", "张伟", "左明", "Beta", "r&d",
            "R&D");
    var mixed = new ArrayList<>(chinese);
    Collections.shuffle(mixed, new Random(25));
    mixed.sort(Words.in(Language.ZH_CN).names());
    assertEquals(chinese, mixed);
    var english = new ArrayList<>(List.of("beta", "Alpha", "alpha", "Zoo", "R&D", "r&d", "Beta"));
    english.sort(Words.in(Language.EN).names());
    assertEquals(List.of("alpha", "Alpha", "beta", "Beta", "r&d", "R&D", "Zoo"), english);
    for (var language : Language.values()) {
      // Alike to a collator, and still two names.
      assertTrue(Words.in(language).names().compare("e\u0301", "\u00e9") < 0);
      assertTrue(Words.in(language).names().compare("\u00e9", "e\u0301") > 0);
    }
  }
}
