package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.platform.linux.privilege.Weakness;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.Situation;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.decide.Verdict;
import dev.interdict.json.Fields;
import dev.interdict.policy.Collection;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Risk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:[.-][a-z]+)*)\"");

  private static final Pattern REFUSAL = Pattern.compile("(?:\\bno\\(|\"code\",)\\s*\"([a-z-]+)\"");

  private static final String[] CHECKS = {
    "guard",
    "server",
    "proxy",
    "policy",
    "trust",
    "policy-age",
    "time",
    "clock",
    "last-error",
    "scan",
    "account",
    "session",
    "notifications",
    "disk"
  };

  /// Of [DoctorCommand]'s, those that are told of where they are not well alone.
  private static final String[] FAULTS = {
    "enrolled",
    "no-server",
    "no-setting",
    "no-token",
    "not-joined",
    "last-try",
    "ca-ended",
    "ca-unread"
  };

  @Test
  void both_languages_have_the_same_words() {
    assertEquals(
        new TreeSet<>(Words.in(Language.EN).keys()),
        new TreeSet<>(Words.in(Language.ZH_CN).keys()));
  }

  /// What the commands say and what stands in the files: neither more nor less.
  @ParameterizedTest
  @EnumSource(Language.class)
  void every_word_that_is_said_exists_and_every_other_one_goes(Language language)
      throws IOException {
    var words = Words.in(language);
    var said = new TreeSet<String>();
    try (var files = Files.list(Path.of("src/main/java/dev/interdict/agent/cli"))) {
      for (var file : files.toList()) {
        var keys = KEY.matcher(Files.readString(file));
        while (keys.find()) {
          said.add(keys.group(1));
        }
      }
    }
    for (var age : Situation.PolicyAge.values()) {
      said.add("policy." + Fields.written(age));
    }
    for (var enforcement : Enforcement.values()) {
      said.add("explain.what." + Fields.written(enforcement));
    }
    for (var setBy : DeviceDate.SetBy.values()) {
      if (setBy != DeviceDate.SetBy.FIRST_NOTICE_OUTSTANDING) {
        said.add("set-by." + Fields.written(setBy));
      }
    }
    all("outside.", Verdict.Outside.values(), said);
    all("hold.", Verdict.Hold.values(), said);
    all("risk.", Risk.values(), said);
    all("refusal.", Refusal.values(), said);
    all("unread.", UnreadableException.Reason.values(), said);
    all("answer.", Entry.Answer.values(), said);
    all("channel.", Receipt.Channel.values(), said);
    for (var outcome : ToldOutcome.values()) {
      if (outcome != ToldOutcome.HELD_BACK) {
        said.add("told." + Fields.written(outcome));
      }
    }
    for (var phase : Phase.class.getPermittedSubclasses()) {
      said.add(
          "phase." + phase.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase());
    }
    for (var kind : new String[] {"waiting", "due", "out-of-scope", "held"}) {
      said.add("explain.verdict." + kind);
    }
    for (var whose : new String[] {"you", "other"}) {
      for (var what : new String[] {"first", "given-up", "trying", "not-yet"}) {
        said.add("told." + what + "." + whose);
      }
    }
    for (var state : new String[] {"waiting", "granted", "refused", "confirmed"}) {
      said.add("answer.state." + state);
    }
    for (var verb : new String[] {"remind", "defer", "remove", "request-exemption", "dispute"}) {
      said.add("can." + verb);
      if (!verb.equals("remove")) {
        said.add("can.with." + verb);
      }
    }
    for (var level : Collection.Level.values()) {
      said.add("data.place." + Fields.written(level));
    }
    for (var outcome : new String[] {"delivered", "waiting"}) {
      said.add("data.report." + outcome);
    }
    for (var why : new String[] {"history", "too-large", "unreadable", "other"}) {
      said.add("data.report.refused." + why);
    }
    said.addAll(refusals());
    for (var why : new String[] {"banned", "not-looked"}) {
      said.add("restore.why." + why);
    }
    for (var check : CHECKS) {
      said.add("doctor." + check + ".ok");
      if (!check.equals("account")) {
        said.add("doctor." + check + ".fail");
        said.add("doctor.do." + check);
      }
    }
    said.add("doctor.ca.ok");
    for (var check : FAULTS) {
      said.add("doctor." + check + ".fail");
      said.add("doctor.do." + check);
    }
    said.add("doctor.rights.ok");
    said.add("doctor.root-session.ok");
    said.add("policy.no-rule");
    for (var weakness : Weakness.values()) {
      said.add("doctor." + Fields.written(weakness) + ".fail");
      said.add("doctor.do." + Fields.written(weakness));
    }
    for (var key : words.keys()) {
      assertTrue(said.contains(key), () -> key + " is never said");
      assertFalse(words.say(key, "a", "b", "c", "d").isEmpty());
    }
    for (var key : said) {
      if (key.matches(
              "(explain|restore|policy|server|scan|from|heading|can|data|phase|told|hold|outside|refused)\\..*")
          && !key.endsWith(".")) {
        words.say(key);
      }
    }
  }

  private static void all(String prefix, Enum<?>[] codes, Set<String> said) {
    for (var code : codes) {
      said.add(prefix + Fields.written(code));
    }
  }

  /// The codes with which the guard refuses, as its own source has them.
  private static Set<String> refusals() throws IOException {
    var refusals = new TreeSet<String>();
    for (var name : new String[] {"Answering", "Codes", "Desk", "Reception"}) {
      var source =
          Files.readString(Path.of("src/main/java/dev/interdict/agent/guard/" + name + ".java"));
      var codes = REFUSAL.matcher(source);
      while (codes.find()) {
        refusals.add("refused." + codes.group(1));
      }
    }
    assertTrue(refusals.size() >= 10, refusals::toString);
    return refusals;
  }

  @Test
  void the_option_comes_before_the_environment_and_english_is_the_last_resort() {
    assertEquals(Language.ZH_CN, Words.of("zh-cn", Map.of("LANG", "en_US.UTF-8")).language());
    assertEquals(Language.ZH_CN, Words.of("", Map.of("LANG", "zh_CN.UTF-8")).language());
    assertEquals(
        Language.EN, Words.of("", Map.of("LC_ALL", "C", "LANG", "zh_CN.UTF-8")).language());
    assertEquals(Language.EN, Words.of("", Map.of()).language());
  }

  @Test
  void dates_are_written_in_the_zone_of_the_rule() {
    var midnight = "2026-07-09T16:00:00Z";
    var words = Words.in(Language.EN);
    assertEquals("10 Jul 2026 00:00 +0800", words.brief(midnight, "Asia/Shanghai"));
    assertEquals("Fri 10 Jul 2026, 00:00 (Asia/Shanghai)", words.date(midnight, "Asia/Shanghai"));
    assertEquals(
        "2026-07-10 00:00 +0800", Words.in(Language.ZH_CN).brief(midnight, "Asia/Shanghai"));
    assertEquals("soon", words.brief("soon", "Nowhere/Land"));
  }
}
