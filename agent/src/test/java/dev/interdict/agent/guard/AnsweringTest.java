package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.identity.PackageUrl;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.Presence;
import dev.interdict.report.RuleState;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsweringTest {
  private static final Instant EFFECTIVE = Scene.EFFECTIVE;
  private static final Home OTHER = new Home("lin.wei", 1001, BytePath.parse("/home/lin.wei"));
  private static final String PUT_OFF =
      RuleFixtures.CLAUDE_CODE.replace(
          "\"reminders\"", "\"defer\": {\"times\": 2, \"by\": \"P1D\"}, \"reminders\"");

  @TempDir Path folder;
  private Scene scene;
  private Desk desk;

  @BeforeEach
  void begin() throws Exception {
    scene = new Scene(folder);
    scene.publish(PUT_OFF);
    desk = scene.desk(new FakeBench(), "root");
    scene.install(1);
    scene.guard.runOnce();
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private String status() throws Exception {
    return JsonWriter.line(desk.answer(new Question("status", ""), "zhao.lei"));
  }

  private String ask(String verb, String user, String... with) throws Exception {
    var values = new HashMap<String, String>();
    for (var i = 0; i < with.length; i += 2) {
      values.put(with[i], with[i + 1]);
    }
    return JsonWriter.line(desk.answer(new Question(verb, "claude-code", values), user));
  }

  private String key() {
    var names = new Pseudonyms(scene.enrolment.pseudonymKey());
    return Reporting.key(scene.scanner.items.getFirst(), names);
  }

  @Test
  void put_off_moves_the_date_as_often_as_the_rule_allows_and_no_more() throws Exception {
    assertEquals(
        "{\"date\":\"2026-07-10T16:00:00Z\",\"left\":1,\"last\":\"2026-07-11T16:00:00Z\"}",
        ask("defer", "zhao.lei", "reason", "customer demo"));
    assertTrue(status().contains("\"at\":\"2026-07-10T16:00:00Z\""));
    ask("defer", "zhao.lei");
    assertTrue(ask("defer", "zhao.lei").contains("\"code\":\"not-now\""));
    scene.runUpTo(EFFECTIVE.plus(Duration.ofDays(1)));
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals(Presence.PUT_OFF, scene.reported().presence());
    scene.runUpTo(EFFECTIVE.plus(Duration.ofDays(2)));
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void put_off_after_the_date_counts_from_now() throws Exception {
    var back = EFFECTIVE.plus(Duration.ofDays(9));
    scene.runAt(back);
    assertTrue(
        ask("defer", "zhao.lei").contains("\"date\":\"" + back.plus(Duration.ofDays(1)) + "\""));
    scene.runAt(back.plus(Duration.ofHours(20)));
    assertEquals(List.of(), scene.enforcer.done);
  }

  @Test
  void a_reminder_is_silent_until_its_time_and_cannot_reach_past_the_last_hour() throws Exception {
    var until = Scene.START.plus(Duration.ofDays(30));
    assertEquals(
        "{\"until\":\"" + EFFECTIVE.minus(Duration.ofHours(1)) + "\"}",
        ask("remind", "zhao.lei", "until", until.toString()));
    scene.runAt(EFFECTIVE.minus(Duration.ofHours(12)));
    assertEquals(List.of("claude-code announced zhao.lei"), scene.notifier.told);
    assertEquals(Presence.SNOOZED, scene.reported().presence());
    scene.runAt(EFFECTIVE.minus(Duration.ofHours(1)));
    assertEquals("claude-code last-hour zhao.lei", scene.notifier.told.getLast());
  }

  @Test
  void remove_now_takes_ones_own_before_the_date_and_nobody_elses() throws Exception {
    scene.scanner.homes.add(OTHER);
    scene.scanner.items.add(scene.theirs(OTHER));
    scene.guard.runOnce();
    assertEquals("{\"done\":true}", ask("remove", "zhao.lei"));
    scene.guard.runOnce();
    assertEquals(1, scene.enforcer.done.size());
    assertEquals(1, scene.scanner.items.size());
    assertEquals(OTHER, scene.scanner.items.getFirst().owner());
    assertTrue(ask("remove", "zhao.lei").contains("error"));
  }

  @Test
  void nothing_is_removed_on_request_while_the_rule_is_stopped() throws Exception {
    scene.stop("pilot failed");
    scene.guard.runOnce();
    assertTrue(ask("remove", "zhao.lei").contains("\"code\":\"not-now\""));
  }

  @Test
  void whom_a_rule_does_not_concern_cannot_answer_to_it() throws Exception {
    scene.scanner.homes.add(OTHER);
    scene.guard.runOnce();
    for (var verb : List.of("remind", "defer", "remove", "request-exemption", "dispute")) {
      assertTrue(ask(verb, "lin.wei").contains("\"code\":\"not-yours\""), verb);
    }
  }

  @Test
  void a_request_is_reported_and_waits_for_a_person() throws Exception {
    var answer = ask("request-exemption", "zhao.lei", "until", "2026-07-31", "reason", "plugin X");
    assertTrue(answer.startsWith("{\"request\":\"R-"), answer);
    scene.guard.runOnce();
    var reported = scene.reported().answers().getFirst();
    assertEquals("exemption-request", reported.kind());
    assertEquals("plugin X", reported.text());
    assertTrue(status().contains("\"state\":\"waiting\""));
  }

  @Test
  void a_request_needs_a_reason_and_an_end_within_half_a_year() throws Exception {
    for (var until : List.of("2027-07-31", "2026-07-01", "soon", "")) {
      var answer = ask("request-exemption", "zhao.lei", "until", until, "reason", "x");
      assertTrue(answer.contains("\"code\":\"bad-until\""), answer);
    }
    var answer = ask("request-exemption", "zhao.lei", "until", "2026-07-31", "reason", " ");
    assertTrue(answer.contains("\"code\":\"no-reason\""), answer);
  }

  @Test
  void a_refused_request_is_told_once() throws Exception {
    ask("request-exemption", "zhao.lei", "until", "2026-07-31", "reason", "plugin X");
    scene.put(
        RepositoryPlan.EXEMPTIONS,
        Exemptions.pathFor(scene.enrolment.device().value()),
        """
        {"format":1,"exemptions":[],"refused":[{"id":"R-1","rule":"claude-code","device":"%s",
        "by":"Li Na","reason":"no","contact":"it@example.com","at":"2026-07-03T03:00:00Z"}]}
        """
            .formatted(scene.enrolment.device()),
        scene.keys.exemptions());
    scene.guard.runOnce();
    scene.guard.runOnce();
    assertEquals(
        List.of("claude-code announced zhao.lei", "claude-code exemption-refused zhao.lei"),
        scene.notifier.told);
    assertTrue(status().contains("\"state\":\"refused\""));
  }

  @Test
  void what_is_disputed_is_left_alone_until_a_person_confirms_it() throws Exception {
    assertEquals("{\"done\":true}", ask("dispute", "zhao.lei", "finding", key()));
    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals(RuleState.PRESENT, scene.reported().state());
    scene.put(
        RepositoryPlan.EXEMPTIONS,
        Exemptions.pathFor(scene.enrolment.device().value()),
        """
        {"format":1,"exemptions":[],"confirmed":[{"rule":"claude-code",
        "identity":"pkg:npm/%%40anthropic-ai/claude-code","by":"Li Na",
        "at":"2026-07-09T16:00:00Z"}]}
        """
            .formatted(),
        scene.keys.exemptions());
    scene.guard.runOnce();
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
  }

  @Test
  void each_finding_is_disputed_once_and_a_confirmed_identity_never() throws Exception {
    ask("dispute", "zhao.lei", "finding", key());
    assertTrue(ask("dispute", "zhao.lei", "finding", key()).contains("error"));
    assertTrue(ask("dispute", "zhao.lei", "finding", "f".repeat(16)).contains("error"));
  }

  @Test
  void a_terminal_shows_what_no_desktop_did_and_that_counts_as_told() throws Exception {
    var other = new Scene(folder.resolve("other"));
    other.notifier.sessions = false;
    other.publish(PUT_OFF);
    other.install(1);
    other.guard.runOnce();
    var its = other.desk(new FakeBench());
    assertEquals(Scene.START, other.flags.get(1000));
    var notices = JsonWriter.line(its.answer(new Question("notices", ""), "zhao.lei"));
    assertTrue(notices.contains("\"announced\""), notices);
    assertEquals(
        "{\"notices\":[]}", JsonWriter.line(its.answer(new Question("notices", ""), "lin.wei")));
    var id = notices.replaceAll(".*\"id\":\"(n-[0-9]+)\".*", "$1");
    var shown = Map.of("channel", "terminal", "outcome", "shown");
    assertTrue(
        JsonWriter.line(its.answer(new Question("receipt", id, shown), "lin.wei"))
            .contains("no-notice"));
    its.answer(new Question("receipt", id, shown), "zhao.lei");
    other.guard.runOnce();
    assertEquals(EFFECTIVE, other.reported().date());
    assertEquals("terminal", other.reported().notices().getFirst().channel());
    other.close();
  }

  @Test
  void answers_are_bounded() throws Exception {
    for (var i = 0; i < 100; i++) {
      ask("remind", "zhao.lei", "until", Scene.START.plusSeconds(3600).toString());
    }
    assertTrue(
        ask("remind", "zhao.lei", "until", Scene.START.plusSeconds(3600).toString())
            .contains("\"code\":\"too-many\""));
  }

  @Test
  void what_a_person_confirmed_stays_confirmed_in_its_next_version() throws Exception {
    var old = scene.scanner.items.removeFirst();
    var purl = PackageUrl.npm("@anthropic-ai/claude-code").withVersion("2.1.113");
    scene.scanner.items.add(
        new Item(
            "npm",
            new Identity.OfPackage(purl),
            "2.1.113",
            old.owner(),
            old.location(),
            old.parts()));
    assertEquals("{\"done\":true}", ask("dispute", "zhao.lei", "finding", key()));
    scene.put(
        RepositoryPlan.EXEMPTIONS,
        Exemptions.pathFor(scene.enrolment.device().value()),
        """
        {"format":1,"exemptions":[],"confirmed":[{"rule":"claude-code",
        "identity":"pkg:npm/%40anthropic-ai/claude-code@2.1.112","by":"Li Na",
        "at":"2026-07-03T03:00:00Z"}]}
        """,
        scene.keys.exemptions());
    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
  }

  @Test
  void what_comes_back_after_remove_now_is_not_taken_before_the_date() throws Exception {
    ask("remove", "zhao.lei");
    scene.guard.runOnce();
    assertEquals(1, scene.enforcer.done.size());
    scene.install(2);
    scene.guard.runOnce();
    assertEquals(1, scene.enforcer.done.size());
  }

  @Test
  void an_answer_given_during_an_exchange_counts_at_once() throws Exception {
    ask("defer", "zhao.lei");
    var after = scene.carrier.jobs.size() + 2;
    scene.carrier.lie =
        result -> {
          try {
            if (scene.carrier.jobs.size() == after) {
              ask("defer", "zhao.lei");
            }
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return result;
        };
    scene.guard.runOnce();
    assertTrue(ask("defer", "zhao.lei").contains("\"code\":\"not-now\""));
  }

  @Test
  void what_waits_can_be_asked_for_while_people_are_being_told() throws Exception {
    scene.notifier.sessions = false;
    scene.runAt(EFFECTIVE.minus(Duration.ofHours(1)));
    scene.undelivered.begin();
    assertEquals(1, scene.undelivered.of("zhao.lei").size());
    scene.undelivered.end();
    assertEquals(List.of(), scene.undelivered.of("zhao.lei"));
  }

  @Test
  void a_date_that_was_put_off_late_is_the_same_after_a_restart() throws Exception {
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(9)).plusNanos(1_234_567));
    ask("defer", "zhao.lei");
    var by = scene.ledger.of(Scene.RULE).answers().getLast().by();
    assertEquals(by.truncatedTo(ChronoUnit.MILLIS), by);
  }

  @Test
  void a_refusal_waits_for_a_look_that_sees_the_tool() throws Exception {
    ask("request-exemption", "zhao.lei", "until", "2026-07-31", "reason", "plugin X");
    scene.put(
        RepositoryPlan.EXEMPTIONS,
        Exemptions.pathFor(scene.enrolment.device().value()),
        """
        {"format":1,"exemptions":[],"refused":[{"id":"R-1","rule":"claude-code","device":"%s",
        "by":"Li Na","reason":"no","contact":"it@example.com","at":"2026-07-03T03:00:00Z"}]}
        """
            .formatted(scene.enrolment.device()),
        scene.keys.exemptions());
    var unseen = scene.scanner.items.removeFirst();
    scene.guard.runOnce();
    scene.scanner.items.add(unseen);
    scene.guard.runOnce();
    assertEquals("claude-code exemption-refused zhao.lei", scene.notifier.told.getLast());
  }

  @Test
  void what_is_only_told_of_is_not_tried_again_and_again_on_request() throws Exception {
    var variable = "{\"environment\": {\"variables\": [\"ANTHROPIC_API_KEY\"]}},";
    scene.publish(PUT_OFF.replaceFirst("\"match\": *\\[", "\"match\": [" + variable));
    var named = new Identity.OfVariable("ANTHROPIC_API_KEY");
    var file = Scene.HOME.path().resolve(".bashrc");
    scene.scanner.items.add(new Item("environment", named, null, Scene.HOME, file, List.of()));
    scene.guard.runOnce();
    ask("remove", "zhao.lei");
    for (var i = 0; i < 3; i++) {
      scene.guard.runOnce();
    }
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
    assertEquals(List.of(named), scene.scanner.items.stream().map(Item::identity).toList());
    var all = scene.ledger.of(Scene.RULE).all();
    assertEquals(1, all.stream().filter(Entry.Intended.class::isInstance).count());
  }

  @Test
  void my_data_leaves_out_what_is_other_peoples_and_says_so() throws Exception {
    scene.scanner.homes.add(OTHER);
    scene.scanner.items.add(scene.theirs(OTHER));
    ask("request-exemption", "zhao.lei", "until", "2026-07-31", "reason", "a private reason");
    scene.guard.runOnce();
    var theirs = JsonWriter.line(desk.answer(new Question("my-data", ""), "lin.wei"));
    assertFalse(theirs.contains("a private reason"), theirs);
    var own = JsonWriter.line(desk.answer(new Question("my-data", ""), "zhao.lei"));
    assertTrue(own.contains("a private reason"), own);
    var all = JsonWriter.line(desk.answer(new Question("my-data", ""), "root"));
    assertTrue(all.contains("a private reason") && all.contains("\"others-left-out\":0"), all);
  }
}
