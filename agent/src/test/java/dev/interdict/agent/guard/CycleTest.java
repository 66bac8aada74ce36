package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Residue;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.ReportedProblem;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleTest {
  private static final Instant START = Scene.START;
  private static final Instant EFFECTIVE = Scene.EFFECTIVE;

  private static final Home OTHER = new Home("lin.wei", 1001, BytePath.parse("/home/lin.wei"));

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() throws Exception {
    scene = new Scene(folder);
    scene.publish(RuleFixtures.CLAUDE_CODE);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private ReportedFinding found() {
    return new ReportedFinding(
        "npm",
        "pkg:npm/%40anthropic-ai/claude-code",
        "2.1.112",
        "~/tools/…",
        new Pseudonyms(scene.enrolment.pseudonymKey()).of("zhao.lei"),
        EvidenceStrength.STRONG,
        false,
        null,
        Reporting.key(scene.scanner.items.getFirst(), names()));
  }

  private Pseudonyms names() {
    return new Pseudonyms(scene.enrolment.pseudonymKey());
  }

  private ReportedNotice shown(Instant at, String phase) {
    return new ReportedNotice(at, phase, "desktop", "shown", names().of("zhao.lei"));
  }

  private Report expected(long sequence, ReportedRule rule) {
    var last = scene.carrier.last();
    var stored = scene.carrier.stored;
    var previous = sequence == 1 ? null : ReportJson.hash(stored.get(stored.size() - 2));
    return new Report(
        last.id(),
        scene.device,
        sequence,
        previous,
        scene.clock.now(),
        "1.0",
        new PolicyVersion(1, 2),
        last.footing(),
        new Coverage(scene.clock.now(), true, List.of()),
        List.of(rule),
        List.of());
  }

  @Test
  void found_then_told_then_due_then_taken_then_verified_and_reported() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    assertEquals(
        expected(
            1,
            new ReportedRule(
                "claude-code",
                RuleState.PRESENT,
                Presence.NOTIFIED,
                EFFECTIVE,
                null,
                List.of(found()),
                List.of(),
                List.of(shown(START, "announced")),
                List.of())),
        scene.carrier.last());
    assertEquals(List.of("claude-code announced zhao.lei"), scene.notifier.told);

    scene.runAt(EFFECTIVE.minus(Duration.ofHours(1)));
    scene.runAt(EFFECTIVE.minusMillis(1));
    assertEquals(List.of(), scene.enforcer.done);

    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
    assertEquals(
        expected(
            4,
            new ReportedRule(
                "claude-code",
                RuleState.REMOVED,
                null,
                null,
                null,
                List.of(),
                List.of(
                    new ReportedAction(
                        ActionKind.QUARANTINED,
                        "pkg:npm/%40anthropic-ai/claude-code",
                        null,
                        EFFECTIVE)),
                List.of(),
                List.of())),
        scene.carrier.last());
    assertEquals(
        List.of(
            "claude-code announced zhao.lei",
            "claude-code last-hour zhao.lei",
            "claude-code last-hour zhao.lei",
            "claude-code enforced zhao.lei",
            "claude-code removed zhao.lei"),
        scene.notifier.told);
    assertEquals(1, scene.events.of(Event.Verified.class).size());
  }

  @Test
  void a_late_first_notice_moves_the_date_by_the_minimum_notice() throws Exception {
    scene.at(EFFECTIVE.plus(Duration.ofDays(3)));
    scene.install(1);
    scene.guard.runOnce();
    var date = EFFECTIVE.plus(Duration.ofDays(4));
    assertEquals(date, scene.reported().date());
    scene.runAt(date.minus(Duration.ofHours(1)));
    scene.runAt(date.minusMillis(1));
    assertEquals(List.of(), scene.enforcer.done);
    scene.runUpTo(date);
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void a_first_notice_that_cannot_be_shown_is_said_and_gives_a_day_more() throws Exception {
    scene.notifier.sessions = false;
    scene.at(EFFECTIVE);
    scene.install(1);
    scene.guard.runOnce();
    assertEquals(Presence.NEW, scene.reported().presence());
    assertEquals(
        List.of(new ReportedProblem(Problem.NOTICE_NOT_SHOWN, "claude-code")),
        scene.carrier.last().problems());
    scene.runAt(EFFECTIVE.plus(Duration.ofHours(24)));
    scene.runAt(EFFECTIVE.plus(Duration.ofHours(47)));
    scene.runAt(EFFECTIVE.plus(Duration.ofHours(48)).minusMillis(1));
    assertEquals(List.of(), scene.enforcer.done);
    scene.runAt(EFFECTIVE.plus(Duration.ofHours(48)));
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void a_notice_shown_at_last_counts_from_then() throws Exception {
    scene.notifier.sessions = false;
    scene.at(EFFECTIVE);
    scene.install(1);
    scene.guard.runOnce();
    scene.notifier.sessions = true;
    var shown = EFFECTIVE.plus(Duration.ofHours(40));
    scene.runAt(shown);
    assertEquals(shown.plus(Duration.ofHours(24)), scene.reported().date());
  }

  @Test
  void a_failed_removal_is_reported_and_tried_again_after_a_pause() throws Exception {
    var item = scene.install(1);
    scene.guard.runOnce();
    scene.enforcer.instead.put(item, List.of(FakeEnforcer.FAILED));
    scene.runUpTo(EFFECTIVE);
    assertEquals(RuleState.FAILED, scene.reported().state());
    assertEquals(ErrorClass.FILE_IN_USE, scene.reported().actions().getFirst().error());
    scene.runAt(EFFECTIVE.plus(Duration.ofMinutes(14)));
    assertEquals(1, scene.enforcer.done.size());
    scene.enforcer.instead.clear();
    scene.runAt(EFFECTIVE.plus(Duration.ofMinutes(15)));
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void one_failure_beside_a_success_is_a_failed_try() throws Exception {
    var stuck = scene.install(1);
    scene.install(2);
    scene.guard.runOnce();
    scene.enforcer.instead.put(stuck, List.of(FakeEnforcer.FAILED));
    scene.runUpTo(EFFECTIVE);
    assertEquals(RuleState.FAILED, scene.reported().state());
    scene.runAt(EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(2, scene.enforcer.done.size());
  }

  @Test
  void many_failures_at_once_are_one_failed_try() throws Exception {
    for (var i = 1; i <= 10; i++) {
      scene.enforcer.instead.put(scene.install(i), List.of(FakeEnforcer.FAILED));
    }
    scene.guard.runOnce();
    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of(), scene.carrier.last().problems());
    scene.enforcer.instead.clear();
    scene.runAt(EFFECTIVE.plus(Duration.ofMinutes(15)));
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void eight_failed_tries_pause_the_rule_and_say_so() throws Exception {
    scene.enforcer.instead.put(scene.install(1), List.of(FakeEnforcer.REFUSED));
    scene.guard.runOnce();
    for (var day = 0; day < 10; day++) {
      scene.runAt(EFFECTIVE.plus(Duration.ofDays(day)));
    }
    assertEquals(8, scene.enforcer.done.size());
    assertEquals(RuleState.FAILED, scene.reported().state());
    assertEquals(
        List.of(new ReportedProblem(Problem.ENFORCEMENT_PAUSED, "claude-code")),
        scene.carrier.last().problems());
    var desk = scene.desk(scene.bench, "root");
    desk.answer(new Question("retry", ""), "zhao.lei");
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(11)));
    assertEquals(8, scene.enforcer.done.size(), "not everybody may have it tried again");
    desk.answer(new Question("check", ""), "root");
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(11)).plusMillis(500));
    assertEquals(8, scene.enforcer.done.size(), "a look at once is no word about the cause");
    desk.answer(new Question("retry", ""), "root");
    scene.restart();
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(11)).plusSeconds(1));
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(11)).plusSeconds(2));
    assertEquals(9, scene.enforcer.done.size(), "once, and then by the pauses of a first failure");
    assertEquals(List.of(), scene.carrier.last().problems());
  }

  @Test
  void the_beginning_of_enforcement_is_told_once_however_often_it_is_tried() throws Exception {
    scene.enforcer.instead.put(scene.install(1), List.of(FakeEnforcer.FAILED));
    scene.guard.runOnce();
    scene.runUpTo(EFFECTIVE);
    scene.restart();
    scene.runAt(EFFECTIVE.plus(Duration.ofHours(1)));
    assertEquals(1, scene.notifier.told.stream().filter(line -> line.contains("enforced")).count());
  }

  @Test
  void a_tool_that_is_only_blocked_is_not_told_of_every_quarter_of_an_hour() throws Exception {
    scene.publish(RuleFixtures.CLAUDE_CODE.replace("\"remove\"", "\"block\""));
    scene.enforcer.instead.put(scene.install(1), List.of(FakeEnforcer.STOPPED));
    scene.guard.runOnce();
    for (var i = 0; i < 4; i++) {
      scene.runAt(EFFECTIVE.plus(Duration.ofMinutes(15L * i)));
    }
    assertEquals(RuleState.PRESENT, scene.reported().state());
    assertEquals(1, scene.notifier.told.stream().filter(line -> line.contains("enforced")).count());
  }

  @Test
  void what_its_user_removed_after_our_failure_is_not_told_as_removed_by_us() throws Exception {
    var item = scene.install(1);
    scene.enforcer.instead.put(item, List.of(FakeEnforcer.FAILED));
    scene.guard.runOnce();
    scene.runUpTo(EFFECTIVE);
    scene.scanner.items.remove(item);
    scene.runAt(EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(RuleState.REMOVED, scene.reported().state());
    assertFalse(scene.notifier.told.contains("claude-code removed zhao.lei"));
  }

  @Test
  void a_failed_scan_calls_nothing_clear() throws Exception {
    scene.scanner.until = 0;
    scene.guard.runOnce();
    var report = scene.carrier.last();
    assertEquals(RuleState.UNKNOWN, scene.reported().state());
    assertEquals(
        new Coverage(null, true, List.of(new ReportedGap("scan", Problem.SCAN_FAILED))),
        report.coverage());
    assertEquals(List.of(new ReportedProblem(Problem.SCAN_FAILED, null)), report.problems());
  }

  @Test
  void what_was_done_is_reported_though_the_second_scan_fails() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.runAt(EFFECTIVE.minus(Duration.ofHours(1)));
    scene.scanner.until = 1;
    scene.runAt(EFFECTIVE);
    assertEquals(RuleState.UNKNOWN, scene.reported().state());
    assertEquals(ActionKind.QUARANTINED, scene.reported().actions().getFirst().kind());
    scene.scanner.until = 9;
    scene.runAt(EFFECTIVE.plusSeconds(60));
    assertEquals(RuleState.REMOVED, scene.reported().state());
    assertEquals(List.of(), scene.reported().actions());
  }

  @Test
  void a_scan_with_gaps_never_verifies() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.scanner.gap();
    scene.runUpTo(EFFECTIVE);
    assertEquals(RuleState.UNKNOWN, scene.reported().state());
    assertEquals(List.of(), scene.events.of(Event.Verified.class));
    scene.scanner.gaps.clear();
    scene.runAt(EFFECTIVE.plusSeconds(60));
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void what_still_runs_after_its_files_are_gone_is_stopped_before_it_counts_as_removed()
      throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.enforcer.lingering.add(new FileId(1, 7));
    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of("REMOVE claude-code npm", "stop 1"), scene.enforcer.done);
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void what_runs_from_a_deleted_file_is_stopped_too_and_counts_until_it_ended() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.enforcer.lingering.add(new FileId(1, 7));
    scene.scanner.homes.add(Scene.HOME);
    scene.scanner.processes.add(
        new RunningProcess(
            5,
            1,
            1000,
            Scene.HOME.path().resolve(".local/share/claude/versions/2"),
            new FileId(1, 7),
            List.of(),
            "claude",
            null,
            true));
    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of("REMOVE claude-code npm", "stop 1"), scene.enforcer.done);
    assertEquals(List.of(), scene.events.of(Event.Verified.class));
    scene.scanner.processes.clear();
    scene.runAt(EFFECTIVE.plusSeconds(60));
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  @Test
  void what_runs_from_the_quarantine_is_no_new_finding() throws Exception {
    scene.publish(
        RuleFixtures.CLAUDE_CODE.replace(
            "{\"home\": \".local/share/claude/versions/*\"}",
            "{\"sha256\": [\"" + "ab".repeat(32) + "\"]}"));
    scene.scanner.homes.add(Scene.HOME);
    for (var place :
        List.of("/home/zhao.lei/.local/state/quarantine/1/run", "/home/zhao.lei/run")) {
      scene.scanner.processes.add(
          new RunningProcess(
              5,
              1,
              1000,
              BytePath.parse(place),
              new FileId(1, place.length()),
              List.of(),
              "x",
              "ab".repeat(32),
              false));
    }
    scene.guard.runOnce();
    assertEquals(
        List.of("~/run"),
        scene.reported().findings().stream().map(finding -> finding.location()).toList());
  }

  @Test
  void programs_are_read_only_where_a_rule_knows_one_by_its_content() throws Exception {
    scene.guard.runOnce();
    assertFalse(scene.scanner.digests);
    scene.publish(
        RuleFixtures.CLAUDE_CODE.replace(
            "versions/*\"", "versions/*\", \"sha256\": [\"" + "ab".repeat(32) + "\"]"));
    scene.guard.runOnce();
    assertTrue(scene.scanner.digests);
  }

  @Test
  void what_goes_on_running_is_failed_and_neither_removed_nor_clear() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.enforcer.lingering.add(new FileId(1, 7));
    scene.enforcer.immortal = true;
    scene.runUpTo(EFFECTIVE);
    assertEquals(RuleState.FAILED, scene.reported().state());
    assertEquals(ErrorClass.TIMEOUT, scene.reported().actions().getLast().error());
    assertEquals(List.of(), scene.events.of(Event.Verified.class));
  }

  @Test
  void nothing_is_stopped_under_a_rule_that_is_held_by_now() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.scanner.gap();
    scene.runUpTo(EFFECTIVE);
    scene.scanner.gaps.clear();
    scene.enforcer.lingering.add(new FileId(1, 7));
    scene.stop("complaints");
    scene.runAt(EFFECTIVE.plusSeconds(60));
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
    assertEquals(RuleState.UNKNOWN, scene.reported().state());
  }

  @Test
  void a_stop_holds_what_is_due() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.stop("complaints");
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(1)));
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals(RuleState.PRESENT, scene.reported().state());
    assertTrue(scene.events.all.contains(new Event.Held(Scene.RULE, "complaints")));
  }

  @Test
  void an_exemption_lets_it_stay_until_it_ends() throws Exception {
    scene.install(1);
    var until = EFFECTIVE.plus(Duration.ofDays(5));
    scene.exempt(until);
    scene.guard.runOnce();
    assertEquals(until, scene.reported().exemptUntil());
    assertEquals(List.of("claude-code exempted zhao.lei"), scene.notifier.told);
    scene.runAt(until.minus(Duration.ofHours(14)));
    scene.runAt(until.minus(Duration.ofHours(1)));
    assertEquals(
        List.of("claude-code exempted zhao.lei", "claude-code exemption-ending zhao.lei"),
        scene.notifier.told);
    scene.runAt(until);
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals(until.plus(Duration.ofHours(24)), scene.reported().date());
  }

  @Test
  void a_withdrawn_rule_does_nothing_more() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.publish(Scene.SECOND);
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(1)));
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals(RuleState.CLEAR, scene.reported("other-tool").state());
    assertEquals(1, scene.carrier.last().rules().size());
  }

  @Test
  void each_rule_stands_for_itself() throws Exception {
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    scene.install(1);
    scene.guard.runOnce();
    scene.at(EFFECTIVE.minus(Duration.ofHours(1)));
    scene.installOther();
    scene.guard.runOnce();
    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
    assertEquals(RuleState.REMOVED, scene.reported().state());
    assertEquals(RuleState.PRESENT, scene.reported("other-tool").state());
  }

  @Test
  void more_matches_than_the_rule_allows_hold_it() throws Exception {
    for (var i = 1; i <= 21; i++) {
      scene.install(i);
    }
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(9)));
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(19)));
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals(RuleState.PRESENT, scene.reported().state());
    assertEquals(
        List.of(new ReportedProblem(Problem.ENFORCEMENT_REFUSED, "claude-code")),
        scene.carrier.last().problems());
  }

  @Test
  void weak_evidence_beside_strong_evidence_stays() throws Exception {
    scene.publish(
        RuleFixtures.CLAUDE_CODE.replace(
            "{\"process\": {\"executable-of\": \"matched\"}}",
            "{\"environment\": {\"variables\": [\"ANTHROPIC_API_KEY\"]}}"));
    scene.install(1);
    var tool = scene.scanner.items.getFirst();
    var variable =
        new Item(
            "environment",
            new Identity.OfVariable("ANTHROPIC_API_KEY"),
            null,
            tool.owner(),
            BytePath.parse("/home/zhao.lei/.profile"),
            tool.parts(),
            null,
            List.of(),
            List.of());
    scene.scanner.items.add(variable);
    scene.guard.runOnce();
    assertEquals(2, scene.reported().findings().size());
    scene.runUpTo(EFFECTIVE);
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
    assertEquals(List.of(variable), scene.scanner.items);
  }

  @Test
  void a_report_stays_small_enough_for_the_server_whatever_is_planted() throws Exception {
    for (var i = 1; i <= 1500; i++) {
      scene.install(i);
    }
    scene.guard.runOnce();
    assertEquals(100, scene.reported().findings().size());
    assertTrue(
        scene
            .carrier
            .last()
            .problems()
            .contains(new ReportedProblem(Problem.LIMIT_EXCEEDED, "claude-code")));
  }

  @Test
  void a_restart_neither_forgets_the_notice_nor_reports_an_act_twice() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.restart();
    scene.runUpTo(EFFECTIVE);
    assertEquals(1, scene.reported().actions().size());
    scene.restart();
    scene.runAt(EFFECTIVE.plusSeconds(60));
    assertEquals(RuleState.REMOVED, scene.reported().state());
    assertEquals(List.of(), scene.reported().actions());
    assertEquals(
        1, scene.notifier.told.stream().filter(line -> line.contains("announced")).count());
  }

  @Test
  void a_server_that_publishes_without_end_does_not_keep_the_guard_busy() throws Exception {
    scene.carrier.meddle =
        _ -> {
          try {
            scene.carrier.meddle = _ -> {};
            scene.stop("again " + scene.carrier.jobs.size());
          } catch (dev.interdict.trust.metadata.RepositoryException e) {
            throw new AssertionError(e);
          }
        };
    var endless = scene.carrier.meddle;
    scene.carrier.lie =
        result -> {
          scene.carrier.meddle = endless;
          if (scene.carrier.jobs.size() > 20) {
            throw new AssertionError("still going");
          }
          return result;
        };
    scene.guard.runOnce();
    assertEquals(3, scene.carrier.jobs.size());
  }

  @Test
  void a_withdrawn_rule_is_called_off_to_those_who_were_told_and_once() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.publish(Scene.SECOND);
    scene.guard.runOnce();
    scene.guard.runOnce();
    assertEquals(
        List.of("claude-code announced zhao.lei", "claude-code called-off zhao.lei"),
        scene.notifier.told);
  }

  @Test
  void who_has_no_working_hours_is_told_at_night_that_it_is_called_off() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    var night = Scene.START.plus(Duration.ofHours(12));
    scene.publish(Scene.SECOND);
    scene.runAt(night);
    scene.runAt(night.plus(Duration.ofDays(1)));
    assertEquals(List.of("claude-code announced zhao.lei"), scene.notifier.told);
    scene.runAt(night.plus(Duration.ofDays(3)));
    assertEquals("claude-code called-off zhao.lei", scene.notifier.told.getLast());
  }

  @Test
  void the_other_persons_first_notice_counts_for_the_device() throws Exception {
    scene.scanner.homes.add(OTHER);
    scene.notifier.absent.add("lin.wei");
    scene.install(1);
    scene.scanner.items.add(scene.theirs(OTHER));
    scene.guard.runOnce();
    assertEquals(null, scene.reported().date());
    scene.notifier.absent.clear();
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(1)));
    assertEquals(EFFECTIVE.plus(Duration.ofDays(2)), scene.reported().date());
    assertEquals(List.of(), scene.enforcer.done);
  }

  @Test
  void two_rules_are_told_in_one_notice() throws Exception {
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    scene.install(1);
    scene.installOther();
    scene.guard.runOnce();
    assertEquals(List.of("claude-code announced zhao.lei + 1"), scene.notifier.told);
    assertEquals(EFFECTIVE, scene.reported("other-tool").date());
  }

  @Test
  void on_a_machine_without_accounts_nobody_can_dodge() throws Exception {
    scene.scanner.homes.clear();
    scene.scanner.items.add(scene.ofTheMachine());
    for (var hours = 0; hours < 48; hours++) {
      scene.runAt(EFFECTIVE.plus(Duration.ofHours(hours)));
    }
    scene.runAt(EFFECTIVE.plus(Duration.ofHours(48)).minusMillis(1));
    assertEquals(List.of(), scene.enforcer.done);
    scene.runAt(EFFECTIVE.plus(Duration.ofHours(48)));
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
  }

  @Test
  void a_ban_that_was_called_off_and_comes_back_is_told_anew() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.publish(Scene.SECOND);
    scene.guard.runOnce();
    var back = EFFECTIVE.plus(Duration.ofDays(10)).plus(Duration.ofHours(10));
    scene.publish(RuleFixtures.CLAUDE_CODE);
    scene.runAt(back);
    assertEquals("claude-code announced zhao.lei", scene.notifier.told.getLast());
    assertEquals(back.plus(Duration.ofHours(24)), scene.reported().date());
    scene.publish(Scene.SECOND);
    scene.guard.runOnce();
    assertEquals("claude-code called-off zhao.lei", scene.notifier.told.getLast());
  }

  @Test
  void an_account_to_which_nobody_logs_in_makes_no_look_come_sooner() throws Exception {
    scene.notifier.absent.add("root");
    scene.scanner.homes.add(new Home("root", 0, BytePath.parse("/root")));
    scene.scanner.items.add(scene.ofTheMachine());
    scene.guard.runOnce();
    var next = scene.cycle.nextNotice(Objects.requireNonNull(scene.board.posted().standing()));
    assertEquals(START.plus(Duration.ofMinutes(15)), next);
  }

  @Test
  void tries_of_a_first_notice_that_cannot_be_shown_are_remembered_once() throws Exception {
    scene.notifier.sessions = false;
    scene.at(EFFECTIVE);
    scene.install(1);
    for (var minute = 0; minute < 5; minute++) {
      scene.runAt(EFFECTIVE.plus(Duration.ofMinutes(minute)));
    }
    var told =
        scene.ledger.of(Scene.RULE).all().stream().filter(Entry.Told.class::isInstance).count();
    assertEquals(1, told);
  }

  @Test
  void what_one_notice_has_no_room_for_is_told_with_the_next() throws Exception {
    var rules = new ArrayList<String>();
    for (var i = 0; i < 51; i++) {
      rules.add(Scene.SECOND.replace("other-tool", "other-tool-" + i));
      var path = Scene.HOME.path().resolve("tools").resolve("other" + i);
      var purl = PackageUrl.npm("other-tool-" + i);
      var part = new Part(Part.Role.MAIN, path, new FileId(1, 100 + i), FileKind.DIRECTORY);
      scene.scanner.items.add(
          new Item("npm", new Identity.OfPackage(purl), "1.0.0", Scene.HOME, path, List.of(part)));
    }
    scene.publish(rules.toArray(String[]::new));
    scene.guard.runOnce();
    var last = new RuleId("other-tool-50");
    assertEquals(List.of("other-tool-0 announced zhao.lei + 49"), scene.notifier.told);
    assertEquals(null, scene.ledger.of(last).lastShown());
    scene.guard.runOnce();
    assertEquals("other-tool-50 announced zhao.lei", scene.notifier.told.getLast());
  }

  @Test
  void after_a_stop_people_are_called_out_anew() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.runAt(EFFECTIVE.minus(Duration.ofHours(1)));
    scene.stop("pilot failed");
    scene.runAt(EFFECTIVE.minus(Duration.ofMinutes(30)));
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(3)));
    scene.unstop();
    var lifted = EFFECTIVE.plus(Duration.ofDays(3)).plus(Duration.ofMinutes(15));
    scene.runAt(lifted);
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals("claude-code last-hour zhao.lei", scene.notifier.told.getLast());
    scene.runAt(lifted.plus(Duration.ofMinutes(30)));
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
  }

  @Test
  void after_a_stop_a_call_that_nobody_hears_ends_as_well() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.notifier.sessions = false;
    scene.runAt(EFFECTIVE.minus(Duration.ofHours(1)));
    scene.stop("pilot failed");
    scene.runAt(EFFECTIVE.plus(Duration.ofDays(3)));
    scene.unstop();
    var lifted = EFFECTIVE.plus(Duration.ofDays(3)).plus(Duration.ofMinutes(15));
    scene.runAt(lifted);
    scene.runAt(lifted.plus(Duration.ofMinutes(55)));
    assertEquals(List.of(), scene.enforcer.done);
    scene.runAt(lifted.plus(Duration.ofMinutes(60)));
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
  }

  @Test
  void a_notice_shown_while_time_lagged_is_kept_whole_when_contact_corrects_it() throws Exception {
    scene.guard.runOnce();
    scene.carrier.reachable = false;
    scene.reboot(Duration.ofDays(10));
    scene.install(1);
    scene.boot.pass(Duration.ofMinutes(5));
    scene.guard.runOnce();
    assertEquals(List.of("claude-code announced zhao.lei"), scene.notifier.told);
    var shown = scene.wall.real();
    scene.boot.pass(Duration.ofHours(2));
    scene.carrier.reachable = true;
    scene.guard.runOnce();
    assertEquals(List.of(), scene.enforcer.done);
    assertEquals(shown.plus(Duration.ofHours(24)), scene.reported().date());
    scene.runUpTo(shown.plus(Duration.ofHours(24)));
    assertEquals(List.of("REMOVE claude-code npm"), scene.enforcer.done);
  }

  @Test
  void the_source_of_a_package_goes_also_where_the_guard_ended_in_between() throws Exception {
    scene.publish(
        RuleFixtures.CLAUDE_CODE.replaceFirst(
            "\"match\"\\s*:\\s*\\[",
            "\"match\": [{\"residue\": {\"repository\": \"d.example/**\"}},"));
    var path = BytePath.parse("/etc/apt/sources.list.d/claude-code.list");
    var source =
        new Item(
            "residue",
            new Identity.OfResidue(Residue.REPOSITORY, "d.example/apt"),
            null,
            null,
            path,
            List.of(new Part(Part.Role.MAIN, path, new FileId(4, 1), FileKind.REGULAR)));
    scene.scanner.items.add(source);
    var item = scene.install(1);
    scene.guard.runOnce();
    scene.runAt(Scene.EFFECTIVE.minus(Duration.ofHours(1)));
    scene.at(Scene.EFFECTIVE);
    scene.scanner.items.remove(item);
    var now = scene.clock.now();
    scene.ledger.append(new Entry.Intended(Scene.RULE, now));
    scene.ledger.append(
        new Entry.Acted(
            Scene.RULE, now, ActionKind.UNINSTALLED, "pkg:deb/debian/claude-code@2.1.188", null));
    scene.restart();
    scene.guard.runOnce();
    assertEquals(List.of("REMOVE claude-code residue"), scene.enforcer.done);
    scene.guard.runOnce();
    assertEquals(1, scene.enforcer.done.size());
  }
}
