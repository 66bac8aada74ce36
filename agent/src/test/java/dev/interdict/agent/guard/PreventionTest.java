package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Backoff;
import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.StandingStub;
import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.RuleState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreventionTest {
  private static final String PLACE = "/home/zhao.lei/tools/n1";

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void banned() throws Exception {
    scene = new Scene(folder);
    scene.publish(RuleFixtures.CLAUDE_CODE);
  }

  @AfterEach
  void close() throws IOException {
    scene.close();
  }

  private List<String> barred() {
    return scene.gate.barred.stream()
        .map(RemovalPlan::parts)
        .flatMap(List::stream)
        .map(part -> part.path().toString())
        .toList();
  }

  private List<String> watched() {
    return scene.watch.places.stream().map(place -> place.path().toString()).sorted().toList();
  }

  private void dueNow() throws IOException {
    scene.runAt(Scene.START);
    scene.runUpTo(Scene.EFFECTIVE);
  }

  private void withstanding() throws IOException {
    scene.enforcer.instead.put(scene.install(1), List.of(FakeEnforcer.FAILED));
    dueNow();
  }

  @Test
  void nothing_is_barred_or_watched_before_the_date() throws Exception {
    scene.install(1);
    scene.runAt(Scene.START);
    scene.runAt(Scene.EFFECTIVE.minus(Duration.ofHours(1)));
    assertEquals(0, scene.gate.most);
    assertEquals(List.of(), watched());
  }

  @Test
  void what_could_not_be_removed_is_barred() throws Exception {
    withstanding();
    assertEquals(List.of(PLACE), barred());
    assertEquals(List.of(PLACE), watched());
  }

  @Test
  void what_was_removed_is_barred_until_it_is_gone_and_watched_from_then_on() throws Exception {
    scene.install(1);
    scene.bench.hold("a", Scene.HOME, PLACE);
    dueNow();
    assertEquals(1, scene.gate.most);
    assertEquals(List.of(), barred());
    assertEquals(List.of(PLACE), watched());
  }

  @Test
  void an_exemption_opens_the_gate() throws Exception {
    withstanding();
    scene.exempt(Scene.EFFECTIVE.plus(Duration.ofDays(3)));
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), barred());
    assertEquals(List.of(), watched());
  }

  @Test
  void a_stop_opens_the_gate() throws Exception {
    withstanding();
    scene.stop("complaints");
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), barred());
    assertEquals(List.of(), watched());
  }

  @Test
  void a_rule_that_only_notifies_bars_nothing() throws Exception {
    scene.publish(
        RuleFixtures.CLAUDE_CODE.replace(
            "\"enforcement\": \"remove\"", "\"enforcement\": \"notify\""));
    scene.install(1);
    dueNow();
    assertEquals(0, scene.gate.most);
  }

  @Test
  void a_failed_cycle_leaves_the_gate_as_it_is() throws Exception {
    withstanding();
    scene.scanner.until = 0;
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(PLACE), barred());
  }

  @Test
  void what_was_tried_is_reported_and_told_once_a_day() throws Exception {
    withstanding();
    var told = scene.notifier.told.size();
    for (var minute = 1; minute < 4; minute++) {
      scene.gate.tried.add(new Gate.Tried(Scene.RULE, "pkg:npm/x", 2, 0));
      scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(minute)));
      assertEquals(
          List.of(ActionKind.LAUNCH_BLOCKED),
          scene.reported().actions().stream().map(ReportedAction::kind).toList());
    }
    assertEquals(told + 1, scene.notifier.told.size());
    assertEquals(
        new Event.Prevented(Scene.RULE, "pkg:npm/x", 2, 0),
        scene.events.of(Event.Prevented.class).getLast());
    assertEquals(6, scene.ledger.of(Scene.RULE).acts().prevented());
  }

  /// It would otherwise look as if the removal that failed had gone well since.
  @Test
  void a_prevented_start_says_nothing_of_the_removal() throws Exception {
    withstanding();
    scene.gate.tried.add(new Gate.Tried(Scene.RULE, "pkg:npm/x", 1, 0));
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(1, scene.ledger.of(Scene.RULE).acts().failures());
    assertEquals(RuleState.FAILED, scene.reported().state());
  }

  @Test
  void that_everybody_was_let_through_is_reported() throws Exception {
    withstanding();
    scene.gate.releases = 1;
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertTrue(
        scene.carrier.last().problems().stream()
            .anyMatch(one -> one.problem() == Problem.LAUNCHES_LET_THROUGH));
    assertEquals(List.of(new Event.LetThrough(1)), scene.events.of(Event.LetThrough.class));
  }

  @Test
  void what_came_back_is_remembered_with_its_likely_cause() throws Exception {
    withstanding();
    var place = new Watch.Place(Scene.RULE, Scene.HOME, BytePath.parse(PLACE));
    var cause = new Watch.Cause(Watch.Kind.PACKAGE_MANAGER, "/usr/bin/node");
    scene.watch.arrived.add(new Watch.Arrived(place, cause));
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(
        List.of(new Event.Arrived(Scene.RULE, "~/tools/n1", "package-manager", "/usr/bin/node")),
        scene.events.of(Event.Arrived.class));
    var arrival = scene.ledger.of(Scene.RULE).acts().lastArrival();
    assertEquals("package-manager", arrival == null ? null : arrival.cause());
  }

  @Test
  void what_comes_back_again_and_again_rests_barred_and_is_reported_as_come_back()
      throws Exception {
    scene.install(1);
    dueNow();
    var rounds = 0;
    while (rounds < Backoff.MOST_RETURNS - 1) {
      scene.install(1);
      scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(70L * ++rounds)));
      assertEquals(RuleState.REMOVED, scene.reported().state());
    }
    var done = scene.enforcer.done.size();
    scene.install(1);
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(70L * ++rounds)));
    assertEquals(done, scene.enforcer.done.size());
    assertEquals(List.of(PLACE), barred());
    assertEquals(RuleState.FAILED, scene.reported().state());
    assertEquals(
        List.of(ErrorClass.REAPPEARED),
        scene.reported().actions().stream().map(ReportedAction::error).toList());
    // Said once; tried again when enough of the removals lie a day back.
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(70L * ++rounds)));
    assertEquals(List.of(), scene.reported().actions());
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofHours(26)));
    assertFalse(scene.enforcer.done.size() == done);
    assertEquals(RuleState.REMOVED, scene.reported().state());
  }

  private static final String STUB = "/home/zhao.lei/.local/bin/claude";

  /// One that stands since the rule's date, for a rule that asks for it.
  private void stub(Instant until) throws Exception {
    scene.publish(
        RuleFixtures.CLAUDE_CODE.replace(
            "\"keep\"",
            "\"stub\": {\"ask\": {\"en\": \"Ask IT.\", \"zh-CN\": \"请咨询。\"}}, \"keep\""));
    scene.install(1);
    dueNow();
    scene.bench.stubs.add(
        new StandingStub(
            new HeldId("a".repeat(32)),
            Scene.RULE,
            Scene.HOME,
            BytePath.parse(STUB),
            new FileId(1, 99),
            until));
  }

  private void stub() throws Exception {
    stub(Scene.EFFECTIVE.plus(Duration.ofDays(30)));
  }

  @Test
  void a_stub_goes_when_its_time_has_come() throws Exception {
    stub(Scene.EFFECTIVE.plus(Duration.ofDays(2)));
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofDays(1)));
    assertEquals(1, scene.bench.stubs.size());
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofDays(2)));
    assertEquals(List.of(), scene.bench.stubs);
  }

  @Test
  void an_exemption_takes_the_stub_away() throws Exception {
    stub();
    scene.exempt(Scene.EFFECTIVE.plus(Duration.ofDays(3)));
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), scene.bench.stubs);
  }

  @Test
  void a_stop_takes_the_stub_away() throws Exception {
    stub();
    scene.stop("complaints");
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), scene.bench.stubs);
  }

  @Test
  void a_list_that_asks_for_no_stub_any_more_takes_it_away() throws Exception {
    stub();
    scene.publish(RuleFixtures.CLAUDE_CODE);
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), scene.bench.stubs);
  }

  @Test
  void a_withdrawn_rule_takes_the_stub_away() throws Exception {
    stub();
    scene.publish(RuleFixtures.CLAUDE_CODE.replace("\"id\": \"claude-code\"", "\"id\": \"other\""));
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), scene.bench.stubs);
  }

  @Test
  void our_own_stub_has_not_reappeared() throws Exception {
    stub();
    var place = new Watch.Place(Scene.RULE, Scene.HOME, BytePath.parse(STUB));
    scene.watch.arrived.add(new Watch.Arrived(place, Watch.Cause.UNKNOWN));
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), scene.events.of(Event.Arrived.class));
  }

  /// A package of the system's manager under a rule of that enforcement, with one program.
  private void owned(String enforcement) throws Exception {
    scene.publish(RuleFixtures.CLAUDE_CODE.replace("\"remove\"", "\"" + enforcement + "\""));
    var path = BytePath.parse("/usr/bin/claude");
    var item =
        new Item(
            "dpkg",
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            "2.1.112",
            null,
            BytePath.parse("/var/lib/dpkg/status"),
            List.of());
    scene.scanner.items.add(item);
    scene.enforcer.instead.put(item, List.of(FakeEnforcer.FAILED));
    scene.bench.programs.add(
        new Part(Part.Role.EXECUTABLE, path, new FileId(1, 7), FileKind.REGULAR));
    scene.runAt(Scene.START);
    scene.runUpTo(Scene.EFFECTIVE);
  }

  @Test
  void the_programs_of_a_blocked_package_are_barred_and_watched() throws Exception {
    owned("block");
    assertEquals(List.of("/usr/bin/claude"), barred());
    assertEquals(List.of("/usr/bin/claude"), watched());
  }

  /// Its manager may have to start them on its way out.
  @Test
  void the_programs_of_a_package_that_is_to_go_are_not_barred() throws Exception {
    owned("remove");
    assertEquals(List.of(), barred());
  }

  @Test
  void a_stop_frees_the_programs_of_a_blocked_package() throws Exception {
    owned("block");
    scene.stop("complaints");
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(1)));
    assertEquals(List.of(), barred());
  }
}
