package dev.interdict.agent.platform.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.platform.session.Reactions.Done;
import dev.interdict.agent.wording.Answered;
import dev.interdict.agent.wording.Texts;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class ReactionsTest {
  private static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");
  private static final ZonedDateTime AFTERNOON = Samples.MIDNIGHT.minusHours(8);
  private static final ZonedDateTime NEXT_DAY = Samples.MIDNIGHT.plusHours(10);

  private final List<String> opened = new ArrayList<>();
  private final List<ListeningGuard> guards = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void closeGuards() throws IOException {
    for (var guard : guards) {
      guard.close();
    }
  }

  @Test
  void only_the_address_of_a_page_is_opened() throws Exception {
    to("get", matter("rule-a", "https://it.example.com/x", new Phase.Announced(Samples.MIDNIGHT)));
    to("open", matter("rule-a", "", new Phase.Announced(Samples.MIDNIGHT)));
    assertEquals(List.of("https://it.example.com/x", "page rule-a"), opened);
    for (var address :
        List.of(
            "http://it.example.com",
            "file:///etc/passwd",
            "https:",
            "javascript:x",
            "-x",
            "https://a b")) {
      assertNull(Reactions.https(address), address);
    }
  }

  @Test
  void replacements_at_several_addresses_are_left_to_the_page() throws Exception {
    var phase = new Phase.Announced(Samples.MIDNIGHT);
    to(
        "get",
        matter("rule-a", "https://it.example.com/x", phase),
        matter("rule-b", "https://it.example.com/y", phase));
    assertEquals(List.of("page rule-a"), opened);
  }

  @Test
  void each_rule_waits_for_its_own_next_reminder() throws Exception {
    var guard = guard(Map.of("remind", "{\"until\":\"2026-07-09T08:00:00Z\"}"));
    var done =
        to(
            guard,
            "remind",
            matter("rule-a", "", new Phase.DayBefore(Samples.MIDNIGHT, AFTERNOON)),
            matter("rule-b", "", new Phase.Reminder(Samples.MIDNIGHT, 3, NEXT_DAY)),
            matter("rule-c", "", new Phase.Reminder(Samples.MIDNIGHT, 3, null)));
    assertEquals(new Done.Noted(new RuleId("rule-a"), new Answered.ReminderSet(AFTERNOON)), done);
    assertEquals(AFTERNOON.toInstant().toString(), guard.next().with().get("until"));
    assertEquals(NEXT_DAY.toInstant().toString(), guard.next().with().get("until"));
    assertEquals(AFTERNOON.toInstant().toString(), guard.next().with().get("until"));
  }

  @Test
  void a_reminder_that_has_passed_is_not_asked_for_again() throws Exception {
    var guard = guard(Map.of("remind", "{\"until\":\"2026-07-10T02:00:00Z\"}"));
    var passed = NOW.minusSeconds(1).atZone(Samples.SHANGHAI);
    to(guard, "remind", matter("rule-a", "", new Phase.DayBefore(Samples.MIDNIGHT, passed)));
    assertEquals("2026-07-10T02:00:00Z", guard.next().with().get("until"));
  }

  @Test
  void what_the_guard_refuses_and_what_it_does_not_hear_are_told_apart() throws Exception {
    var matter = matter("rule-a", "", new Phase.LastHour(Samples.MIDNIGHT, 5, 0, Duration.ZERO));
    var refusing = guard(Map.of("remove", "{\"error\":\"not now\"}"));
    assertEquals(new Done.Refused("not now"), to(refusing, "remove", matter));
    refusing.close();
    assertEquals(new Done.Unheard(), to(refusing, "remove", matter));
  }

  @Test
  void an_answer_without_a_date_is_no_success() throws Exception {
    var guard = guard(Map.of("defer", "{\"date\":\"soon\"}"));
    var matter = matter("rule-a", "", new Phase.LastHour(Samples.MIDNIGHT, 5, 1, Duration.ZERO));
    assertEquals(new Done.Unheard(), to(guard, "defer", matter));
  }

  @Test
  void every_answer_has_words_in_both_languages() {
    var matter = matter("rule-a", "", new Phase.Announced(Samples.MIDNIGHT));
    for (var language : Language.values()) {
      var notice = Notice.of("n", Samples.recipient(1000, language), List.of(matter));
      for (var done :
          List.of(new Done.Removing(), new Done.Refused("because"), new Done.Unheard())) {
        var words = Confirmation.of(done, notice, NOW);
        assertInstanceOf(Confirmation.class, words);
      }
    }
    var chinese = Notice.of("n", Samples.recipient(1000, Language.ZH_CN), List.of(matter));
    assertEquals(
        new Confirmation("正在移除", "您的项目文件不受影响，完成后会通知您。"),
        Confirmation.of(new Done.Removing(), chinese, NOW));
  }

  private Done to(String key, Matter... matters) throws IOException {
    return to(guard(Map.of()), key, matters);
  }

  private Done to(ListeningGuard guard, String key, Matter... matters) {
    var doors =
        new Doors() {
          @Override
          public void web(URI https) {
            opened.add(https.toString());
          }

          @Override
          public void page(RuleId rule) {
            opened.add("page " + rule.value());
          }
        };
    var notice = Notice.of("n", Samples.recipient(1000, Language.EN), List.of(matters));
    var rules = Stream.of(matters).map(Matter::rule).toList();
    return new Reactions(new GuardClient(guard.socket()), doors, notice, InstantSource.fixed(NOW))
        .to(new Texts.Choice(key, key, rules));
  }

  private ListeningGuard guard(Map<String, String> answers) throws IOException {
    var guard = new ListeningGuard(folder.resolve("guard-" + guards.size()), answers);
    guards.add(guard);
    return guard;
  }

  private static Matter matter(String rule, String url, Phase phase) {
    return new Matter(new RuleId(rule), "Tool", "Qoder", url, Enforcement.REMOVE, phase);
  }
}
