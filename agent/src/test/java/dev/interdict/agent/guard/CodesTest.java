package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.state.CodeBook;
import dev.interdict.agent.state.DeviceKeys;
import dev.interdict.json.Json;
import dev.interdict.offline.Challenge;
import dev.interdict.offline.CodeDocument;
import dev.interdict.offline.CodeKey;
import dev.interdict.offline.OneTimeCode;
import dev.interdict.offline.SharedSecret;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedAnswer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One-time codes on a device that has lost its server.
class CodesTest {
  private static final Home OTHER = new Home("lin.wei", 1001, BytePath.parse("/home/lin.wei"));
  private static final RuleId SECOND = new RuleId("other-tool");
  private static final Instant UNTIL = Scene.EFFECTIVE.plus(Duration.ofDays(3));

  /// An hour before the date: the tool is about to go.
  private static final Instant CALL = Scene.EFFECTIVE.minus(Duration.ofHours(5));

  @TempDir Path folder;
  private final CodeKey server = CodeKey.generate();
  private Scene scene;
  private Desk desk;

  @BeforeEach
  void a_device_heard_of_the_rule_and_lost_its_server() throws Exception {
    scene = new Scene(folder);
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    scene.codes(server);
    scene.install(1);
    scene.guard.runOnce();
    scene.carrier.reachable = false;
    begin();
    scene.runAt(CALL);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private void begin() {
    desk = scene.desk(new FakeBench(), "root");
  }

  private void restart() throws Exception {
    scene.restart();
    begin();
    scene.guard.runOnce();
  }

  private GuardAnswer ask(String user, String... with) throws Exception {
    var values = new HashMap<String, String>();
    for (var i = 0; i < with.length; i += 2) {
      values.put(with[i], with[i + 1]);
    }
    return new GuardAnswer(
        (Json.Obj) desk.answer(new Question("exemption-code", "claude-code", values), user));
  }

  private Challenge challenge() throws Exception {
    return Challenge.read(ask("zhao.lei").get("challenge").text());
  }

  private OneTimeCode code(Challenge challenge, Instant until) {
    return SharedSecret.ofServer(server, scene.enrolment.publicKey())
        .code(scene.enrolment.device(), Scene.RULE, challenge.nonce(), until);
  }

  private GuardAnswer type(OneTimeCode code) throws Exception {
    return ask("zhao.lei", "code", code.text());
  }

  private String said(OneTimeCode code) throws Exception {
    return type(code).get("code").text();
  }

  private static OneTimeCode wrong(OneTimeCode code) {
    return new OneTimeCode(code.until(), code.proof().xor(BigInteger.ONE));
  }

  private boolean isRemoved() {
    return !scene.enforcer.done.isEmpty();
  }

  @Test
  void a_code_from_the_helpdesk_keeps_the_tool_past_the_date_without_a_network() throws Exception {
    var challenge = challenge();
    assertTrue(challenge.isOf(scene.enrolment.device()) && challenge.isFor(Scene.RULE));
    var answer = type(code(challenge, UNTIL));
    assertEquals(UNTIL.toString(), answer.get("until").text());
    scene.runUpTo(Scene.EFFECTIVE);
    scene.runAt(UNTIL.minusSeconds(60));
    assertFalse(isRemoved());
    var status = desk.answer(new Question("status", ""), "zhao.lei").toString();
    assertTrue(status.contains(Challenge.name(challenge.nonce())), status);
    assertTrue(
        scene.notifier.told.contains("claude-code exempted zhao.lei"),
        scene.notifier.told::toString);
  }

  @Test
  void after_its_end_people_are_told_anew_and_the_minimum_notice_runs() throws Exception {
    type(code(challenge(), UNTIL));
    scene.runUpTo(Scene.EFFECTIVE);
    scene.runAt(UNTIL);
    assertFalse(isRemoved());
    assertEquals("claude-code announced zhao.lei", scene.notifier.told.getLast());
    scene.runAt(UNTIL.plus(Duration.ofHours(23)));
    scene.runAt(UNTIL.plus(Duration.ofHours(24)));
    assertTrue(isRemoved());
  }

  @Test
  void without_a_code_the_date_holds() throws Exception {
    challenge();
    scene.runUpTo(Scene.EFFECTIVE);
    assertTrue(isRemoved());
  }

  @Test
  void a_code_is_taken_once() throws Exception {
    var code = code(challenge(), UNTIL);
    type(code);
    assertEquals("no-challenge", said(code));
    challenge();
    assertEquals("code-wrong", said(code));
  }

  @Test
  void a_code_for_another_device_rule_or_nonce_is_wrong() throws Exception {
    var challenge = challenge();
    var nonce = challenge.nonce();
    var secret = SharedSecret.ofServer(server, scene.enrolment.publicKey());
    var device = scene.enrolment.device();
    assertEquals("code-wrong", said(secret.code(device, SECOND, nonce, UNTIL)));
    assertEquals("code-wrong", said(secret.code(device, Scene.RULE, nonce ^ 1, UNTIL)));
    var other = SharedSecret.ofServer(CodeKey.generate(), scene.enrolment.publicKey());
    assertEquals("code-wrong", said(other.code(device, Scene.RULE, nonce, UNTIL)));
    var right = code(challenge, UNTIL);
    var longer = new OneTimeCode(UNTIL.plus(Duration.ofDays(1)), right.proof());
    assertEquals("code-wrong", said(longer));
    assertEquals(UNTIL.toString(), type(right).get("until").text());
  }

  @Test
  void a_new_challenge_takes_the_place_of_the_one_before() throws Exception {
    var before = challenge();
    assertEquals(before, challenge());
    var after = Challenge.read(ask("zhao.lei", "fresh", "yes").get("challenge").text());
    assertNotEquals(before, after);
    assertEquals("code-wrong", said(code(before, UNTIL)));
    assertEquals(UNTIL.toString(), type(code(after, UNTIL)).get("until").text());
  }

  @Test
  void a_challenge_waits_for_a_day_of_uptime() throws Exception {
    type(code(challenge(), UNTIL));
    var challenge = challenge();
    scene.awake.keep();
    scene.reboot(Duration.ofDays(2));
    begin();
    scene.guard.runOnce();
    assertEquals(challenge, challenge());
    scene.boot.pass(Codes.VALID);
    scene.guard.runOnce();
    assertEquals("no-challenge", said(code(challenge, UNTIL.plus(Duration.ofDays(1)))));
  }

  @Test
  void ten_wrong_codes_end_it_also_across_restarts_and_new_challenges() throws Exception {
    for (var i = 0; i < Codes.MOST_WRONG; i++) {
      var challenge =
          Challenge.read(ask("zhao.lei", "fresh", i % 3 == 0 ? "yes" : "").get("challenge").text());
      assertEquals("code-wrong", said(wrong(code(challenge, UNTIL))));
      if (i % 4 == 0) {
        restart();
      }
    }
    assertEquals("code-spent", ask("zhao.lei", "fresh", "yes").get("code").text());
    var open = CodeBook.load(scene.state.codes()).open().getFirst();
    var right = code(Challenge.of(scene.enrolment.device(), Scene.RULE, open.nonce()), UNTIL);
    assertEquals("code-spent", said(right));
    scene.boot.pass(Codes.VALID);
    challenge();
  }

  @Test
  void a_misread_code_costs_nothing() throws Exception {
    var challenge = challenge();
    var text = code(challenge, UNTIL).text();
    for (var i = 0; i < 2 * Codes.MOST_WRONG; i++) {
      var misread = (text.charAt(0) == '0' ? '2' : '0') + text.substring(1);
      assertEquals("code-misread", ask("zhao.lei", "code", misread).get("code").text());
    }
    assertEquals(UNTIL.toString(), ask("zhao.lei", "code", text).get("until").text());
  }

  @Test
  void nobody_uses_up_the_tries_of_somebody_else() throws Exception {
    scene.scanner.homes.add(OTHER);
    scene.scanner.items.add(scene.theirs(OTHER));
    scene.guard.runOnce();
    var challenge = challenge();
    var theirs = Challenge.read(ask("lin.wei").get("challenge").text());
    assertNotEquals(challenge, theirs);
    for (var i = 0; i < Codes.MOST_WRONG; i++) {
      ask("lin.wei", "code", wrong(code(theirs, UNTIL)).text());
    }
    assertEquals(
        "code-wrong", ask("zhao.lei", "code", code(theirs, UNTIL).text()).get("code").text());
    assertEquals(UNTIL.toString(), type(code(challenge, UNTIL)).get("until").text());
  }

  @Test
  void nobody_takes_the_challenges_of_everybody_else() throws Exception {
    scene.scanner.homes.add(OTHER);
    scene.scanner.items.add(scene.theirs(OTHER));
    scene.guard.runOnce();
    ask("zhao.lei");
    var since = CodeBook.load(scene.state.codes()).open().getFirst().since();
    var open = new ArrayList<CodeBook.Open>();
    for (var i = 0; i < Codes.MOST_OWN; i++) {
      open.add(new CodeBook.Open(new RuleId("tool-" + i), "lin.wei", i, since, 1, 0));
    }
    new CodeBook(open, List.of()).save(scene.state.codes());
    restart();
    assertEquals("code-many", ask("lin.wei").get("code").text());
    assertEquals("code-many", ask("lin.wei", "fresh", "yes").get("code").text());
    challenge();
    assertTrue(Codes.MOST_OWN * 4 <= CodeBook.MOST_OPEN, "several people are let in");
  }

  @Test
  void whom_the_rule_does_not_concern_gets_no_challenge() throws Exception {
    assertEquals("not-yours", ask("stranger").get("code").text());
    assertEquals("not-yours", ask("root").get("code").text());
    var other = desk.answer(new Question("exemption-code", "other-tool"), "zhao.lei").toString();
    assertTrue(other.contains("not-yours"), other);
  }

  @Test
  void no_code_exempts_for_more_than_a_week() throws Exception {
    var answer = type(code(challenge(), Scene.EFFECTIVE.plus(Duration.ofDays(170))));
    var until = Instant.parse(answer.get("until").text());
    assertEquals(scene.clock.now().plus(Codes.LONGEST), until);
    scene.runUpTo(Scene.EFFECTIVE);
    scene.runAt(until);
    scene.runAt(until.plus(Duration.ofHours(23)));
    scene.runAt(until.plus(Duration.ofHours(24)));
    assertTrue(isRemoved());
  }

  @Test
  void a_code_whose_end_has_come_grants_nothing() throws Exception {
    assertEquals("code-over", said(code(challenge(), OneTimeCode.whole(CALL.minusSeconds(3600)))));
    scene.runUpTo(Scene.EFFECTIVE);
    assertTrue(isRemoved());
  }

  @Test
  void a_used_code_holds_and_stays_used_after_the_guard_was_killed() throws Exception {
    var code = code(challenge(), UNTIL);
    type(code);
    restart();
    assertEquals("no-challenge", said(code));
    scene.runUpTo(Scene.EFFECTIVE);
    assertFalse(isRemoved());
  }

  @Test
  void what_a_crash_left_untold_is_told_after_it() throws Exception {
    scene.boot.pass(Duration.ofMinutes(1));
    var ledger = Files.readAllBytes(scene.state.path().resolve("ledger"));
    type(code(challenge(), UNTIL));
    // The power went between the two writes.
    scene.ledger.close();
    Files.write(scene.state.path().resolve("ledger"), ledger);
    restart();
    scene.carrier.reachable = true;
    scene.guard.runOnce();
    assertEquals(1, used());
  }

  /// How many different codes the server was told of.
  private int used() throws Exception {
    var used = new HashSet<ReportedAnswer>();
    for (var bytes : scene.carrier.stored) {
      for (var rule : ReportJson.read(bytes).rules()) {
        rule.answers().stream()
            .filter(answer -> answer.kind().equals("exemption-code"))
            .forEach(used::add);
      }
    }
    return used.size();
  }

  @Test
  void the_next_report_tells_that_a_code_was_used() throws Exception {
    var challenge = challenge();
    type(code(challenge, UNTIL));
    scene.carrier.reachable = true;
    scene.guard.runOnce();
    assertEquals(1, used());
    assertEquals(UNTIL, scene.reported().exemptUntil());
  }

  @Test
  void a_restored_image_takes_the_code_again_and_never_beyond_its_end() throws Exception {
    var challenge = challenge();
    var before = Files.readAllBytes(scene.state.codes());
    var code = code(challenge, UNTIL);
    type(code);
    scene.runUpTo(Scene.EFFECTIVE);
    Files.write(scene.state.codes(), before);
    restart();
    assertEquals(UNTIL.toString(), type(code).get("until").text());
    scene.runAt(UNTIL);
    Files.write(scene.state.codes(), before);
    restart();
    assertFalse(type(code).get("until").isThere());
  }

  @Test
  void what_security_ends_early_ends_here_with_a_fresh_notice() throws Exception {
    var challenge = challenge();
    type(code(challenge, UNTIL));
    scene.runUpTo(Scene.EFFECTIVE);
    scene.carrier.reachable = true;
    scene.codes(
        server, CodeDocument.mark(scene.enrolment.device(), Challenge.name(challenge.nonce())));
    var back = Scene.EFFECTIVE.plus(Duration.ofHours(6));
    scene.runAt(back);
    assertFalse(isRemoved());
    assertEquals("claude-code announced zhao.lei", scene.notifier.told.getLast());
    scene.runAt(back.plus(Duration.ofHours(23)));
    scene.runAt(back.plus(Duration.ofHours(24)));
    assertTrue(isRemoved());
  }

  @Test
  void while_a_new_key_takes_the_place_of_the_old_either_is_good() throws Exception {
    var keys = DeviceKeys.load(scene.state, scene.enrolment).renewed();
    keys.save(scene.state.deviceKeys());
    var to = keys.to();
    assertTrue(to != null);
    var challenge = challenge();
    var later =
        SharedSecret.ofServer(server, to.publicKey())
            .code(scene.enrolment.device(), Scene.RULE, challenge.nonce(), UNTIL);
    assertEquals(UNTIL.toString(), type(later).get("until").text());
    assertEquals(UNTIL.toString(), type(code(challenge(), UNTIL)).get("until").text());
  }

  @Test
  void a_server_that_makes_no_codes_is_said_to_make_none() throws Exception {
    scene.carrier.reachable = true;
    scene.put(
        dev.interdict.trust.repository.RepositoryPlan.EXEMPTIONS,
        CodeDocument.PATH,
        "{\"format\":1,\"exemptions\":[]}",
        scene.keys.exemptions());
    scene.guard.runOnce();
    scene.guard.runOnce();
    assertEquals("no-codes", ask("zhao.lei").get("code").text());
    assertEquals(List.of(), scene.carrier.last().problems());
  }

  @Test
  void a_damaged_file_is_set_aside_and_what_it_granted_ends_with_a_notice() throws Exception {
    type(code(challenge(), UNTIL));
    scene.runUpTo(Scene.EFFECTIVE);
    Files.writeString(scene.state.codes(), "{");
    restart();
    assertFalse(isRemoved());
    assertTrue(Files.exists(scene.state.codes().resolveSibling("codes.json.damaged")));
    assertEquals("claude-code announced zhao.lei", scene.notifier.told.getLast());
  }
}
