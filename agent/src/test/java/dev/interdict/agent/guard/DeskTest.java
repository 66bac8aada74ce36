package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Foreseen;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Item;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskTest {
  private static final Question EXEMPTION =
      new Question(
          "request-exemption", "claude-code", Map.of("until", "2026-07-31", "reason", "customer"));

  private static final Home OTHER = new Home("lin.wei", 1001, BytePath.parse("/home/lin.wei"));

  @TempDir Path folder;
  private final FakeBench bench = new FakeBench();
  private Scene scene;
  private Desk desk;

  @BeforeEach
  void begin() throws Exception {
    scene = new Scene(folder);
    scene.publish(RuleFixtures.CLAUDE_CODE);
    desk = scene.desk(bench, "root");
    bench.hold("a", Scene.HOME, "/home/zhao.lei/tools/n1");
    bench.hold("b", OTHER, "/home/lin.wei/tools/n1");
    bench.hold("c", null, "/usr/lib/node_modules/x");
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private String ask(String question, String about, String user) throws Exception {
    return JsonWriter.line(desk.answer(new Question(question, about), user));
  }

  private void due() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    scene.runUpTo(Scene.EFFECTIVE);
  }

  @Test
  void everybody_sees_what_came_from_their_own_home_and_root_sees_all() throws Exception {
    var own = ask("held", "", "zhao.lei");
    assertTrue(own.contains("/home/zhao.lei/tools/n1"), own);
    assertFalse(own.contains("lin.wei") || own.contains("node_modules"), own);
    var all = ask("held", "", "root");
    assertTrue(all.contains("zhao.lei") && all.contains("lin.wei") && all.contains("node_modules"));
    assertEquals("{\"held\":[]}", ask("held", "", "stranger"));
  }

  @Test
  void findings_of_other_people_are_left_out_of_the_status() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    assertTrue(ask("status", "", "zhao.lei").contains("~/tools/n1"));
    assertFalse(ask("status", "", "lin.wei").contains("~/tools/n1"));
    assertTrue(ask("status", "", "root").contains("~/tools/n1"));
  }

  @Test
  void what_is_due_is_not_given_back() throws Exception {
    due();
    var answer = ask("restore", "claude-code", "zhao.lei");
    assertTrue(answer.contains("is banned on this computer"), answer);
    assertTrue(answer.contains("\"code\":\"banned\""), answer);
    var nothing = ask("restore", "another-rule", "zhao.lei");
    assertTrue(nothing.contains("\"code\":\"nothing-held\""), nothing);
    assertEquals(List.of(), bench.done);
  }

  /// What was taken comes back under an exemption alone, so its person can ask for one.
  @Test
  void whose_tool_was_removed_can_ask_to_have_it_back() throws Exception {
    due();
    scene.scanner.items.clear();
    scene.guard.runOnce();
    assertTrue(ask("status", "", "zhao.lei").contains("\"can\":[\"request-exemption\"]"));
    var taken = JsonWriter.line(desk.answer(EXEMPTION, "zhao.lei"));
    assertFalse(taken.contains("error"), taken);
    assertTrue(JsonWriter.line(desk.answer(EXEMPTION, "stranger")).contains("not-yours"));
    assertTrue(ask("defer", "claude-code", "zhao.lei").contains("not-yours"));
  }

  @Test
  void what_somebody_else_still_has_keeps_nobody_from_asking_to_have_theirs_back()
      throws Exception {
    due();
    scene.scanner.items.clear();
    var other = new Home("lin.wei", 1001, BytePath.parse("/home/lin.wei"));
    scene.scanner.homes.add(other);
    scene.scanner.items.add(scene.theirs(other));
    scene.guard.runOnce();
    var taken = JsonWriter.line(desk.answer(EXEMPTION, "zhao.lei"));
    assertFalse(taken.contains("error"), taken);
    assertTrue(ask("remove", "claude-code", "zhao.lei").contains("not-yours"));
  }

  @Test
  void a_withdrawn_rule_gives_back_what_is_ones_own_and_nothing_else() throws Exception {
    due();
    scene.publish(Scene.SECOND);
    scene.guard.runOnce();
    assertTrue(ask("restore", "claude-code", "zhao.lei").contains("\"restored\":true"));
    assertEquals(List.of("give back a"), bench.done);
  }

  @Test
  void somebody_elses_thing_is_not_given_back_even_by_its_id() throws Exception {
    due();
    scene.publish(Scene.SECOND);
    scene.guard.runOnce();
    assertEquals(
        "{\"error\":\"nothing of yours is held under \\\""
            + "b".repeat(32)
            + "\\\"\",\"code\":\"nothing-held\"}",
        ask("restore", "b".repeat(32), "zhao.lei"));
    assertEquals(List.of(), bench.done);
  }

  @Test
  void an_exemption_allows_it() throws Exception {
    due();
    scene.exempt(Scene.EFFECTIVE.plus(Duration.ofDays(5)));
    scene.guard.runOnce();
    assertTrue(ask("restore", "a".repeat(32), "zhao.lei").contains("\"restored\":true"));
  }

  @Test
  void before_the_first_cycle_nothing_is_given_back() throws Exception {
    var answer = ask("restore", "claude-code", "zhao.lei");
    assertTrue(answer.contains("has not looked at this computer yet"), answer);
    assertEquals(List.of(), bench.done);
  }

  @Test
  void a_failing_scan_opens_no_way_to_get_it_back() throws Exception {
    due();
    scene.scanner.until = 0;
    scene.guard.runOnce();
    ask("restore", "claude-code", "zhao.lei");
    assertEquals(List.of(), bench.done);
  }

  @Test
  void keeping_the_server_away_until_the_list_expires_gives_nothing_back() throws Exception {
    due();
    scene.carrier.reachable = false;
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofDays(400)));
    assertTrue(ask("status", "", "root").contains("\"age\":\"expired\""));
    ask("restore", "claude-code", "zhao.lei");
    assertEquals(List.of(), bench.done);
  }

  @Test
  void only_root_can_have_the_machine_scanned_at_once() throws Exception {
    assertTrue(ask("check", "", "zhao.lei").contains("only root"));
    assertTrue(ask("retry", "", "zhao.lei").contains("only root"));
    assertEquals("{\"done\":true}", ask("check", "", "root"));
  }

  @Test
  void everybody_sees_the_plan_for_what_is_theirs_and_nothing_is_done() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    var own = ask("plan", "", "zhao.lei");
    assertTrue(own.contains("\"path\":\"/home/zhao.lei/tools/n1\""), own);
    assertTrue(own.contains("\"due\":false") && own.contains("\"when\":\"2026-"), own);
    assertFalse(ask("plan", "", "lin.wei").contains("n1"));
    assertTrue(ask("plan", "claude-code", "root").contains("n1"));
    assertEquals(List.of(), bench.done);
  }

  @Test
  void a_plan_says_why_something_would_stay() throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    bench.foreseen = new Foreseen(new Outcome.Refused(Refusal.FOREIGN_OWNER, "another's"), 0);
    var answer = ask("plan", "", "zhao.lei");
    assertTrue(answer.contains("\"would\":\"refused\",\"why\":\"foreign-owner\""), answer);
  }

  @Test
  void a_plan_says_what_a_package_manager_would_come_to() throws Exception {
    var item = scene.ofTheMachine();
    scene.scanner.items.add(
        new Item("dpkg", item.identity(), item.version(), null, item.location(), List.of()));
    scene.guard.runOnce();
    assertTrue(ask("plan", "", "root").contains("\"would\":\"done\""));
    bench.forecast = new Outcome.Refused(Refusal.NEEDED, "would take or break: needs-it");
    var answer = ask("plan", "", "root");
    assertTrue(
        answer.contains(
            "\"would\":\"refused\",\"why\":\"needed\",\"detail\":\"would take or break"),
        answer);
    assertFalse(bench.done.contains("uninstall"));
  }

  @Test
  void there_is_no_plan_before_the_first_look_nor_for_a_rule_that_is_not_there() throws Exception {
    assertTrue(ask("plan", "", "root").contains("\"code\":\"not-looked\""));
    scene.guard.runOnce();
    assertTrue(ask("plan", "no-such-rule", "root").contains("\"code\":\"no-rule\""));
  }

  @Test
  void a_question_it_does_not_know_is_refused() throws Exception {
    assertTrue(ask("dance", "", "root").contains("does not know the question"));
  }
}
