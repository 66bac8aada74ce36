package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.offline.Challenge;
import dev.interdict.offline.OneTimeCode;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.MovableClock;
import dev.interdict.server.access.TotpApp;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands below `interdict exemption`, as people type them.
class ExemptionCommandsIT {
  private static final String LONG_HOST = "工作站-研发中心-非常长的名字-0001";

  @TempDir Path temp;
  private String dir = "";
  private SimulatedDevice device = new SimulatedDevice(LONG_HOST, OsFamily.LINUX);

  @BeforeEach
  void set_a_server_up_with_a_device_that_asks() throws IOException {
    dir = temp.resolve("server").toString();
    SetUp.in(Path.of(dir));
    var rule = temp.resolve("claude-code.yaml");
    try (var text =
        getClass().getResourceAsStream("/dev/interdict/server/catalogue/claude-code.yaml")) {
      assertTrue(text != null);
      Files.write(rule, text.readAllBytes());
    }
    var published =
        Typed.admin("publish", rule.toString(), "-d", dir, "--break-glass", Typed.ALONE);
    assertEquals(0, published.code(), published::err);
    for (var account : List.of("zhao.min:helpdesk", "li.na:approver", "gao.lu:viewer")) {
      var name = account.split(":");
      var made = Typed.server("account", "create", name[0], "--role", name[1], "-d", dir);
      assertEquals(0, made.code(), made::err);
    }
    device = asking();
  }

  private SimulatedDevice asking() {
    var clock = new MovableClock(Typed.NOW);
    try (var database = TestingDatabase.open(Path.of(dir))) {
      var audit = new Audit(database, clock);
      var token =
          new EnrolmentTokens(database, audit, new SecureRandom(), clock)
              .create("tester", new Placement("R&D", "everyone", List.of()), Duration.ofDays(1), 1);
      new Enrolment(database, audit, clock, Compliance.SILENT_AFTER)
          .enrol(device.enrol(token.secret(), null, clock.instant()));
      var answer =
          new ReportedAnswer(
              "R-7f3a",
              "exemption-request",
              Typed.NOW,
              Instant.parse("2026-07-20T16:00:00Z"),
              null,
              "迁移尚未完成",
              null);
      var rule =
          new ReportedRule("claude-code", RuleState.CLEAR, null, null, null, List.of(), List.of())
              .with(List.of(), List.of(answer));
      var body = device.report(new Coverage(Typed.NOW, true, List.of()), Typed.NOW, rule);
      new Intake(database, audit, clock, Holdings.UNHEARD)
          .accept(device.signedReport(body, Typed.NOW));
    }
    return device;
  }

  private Typed exemption(String... arguments) {
    var line = new ArrayList<>(List.of("exemption"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-d", dir));
    return Typed.admin(line.toArray(String[]::new));
  }

  private String id() {
    return device.id().value().substring(0, 8);
  }

  @Test
  void from_request_to_end_in_five_commands() {
    var requests = exemption("requests");
    assertEquals(0, requests.code(), requests::err);
    assertTrue(requests.out().contains(id()), requests::out);
    assertTrue(requests.out().contains("manager"), requests::out);

    var shown = exemption("show", id(), "claude-code");
    assertTrue(shown.out().contains("迁移尚未完成"), shown::out);

    var first =
        exemption("grant", id(), "claude-code", "--reason", "agreed", "--actor", "zhao.min");
    assertEquals(0, first.code(), first::err);
    assertTrue(first.out().contains("EX-0001, security"), first::out);
    assertTrue(first.out().contains("Somebody else takes the second"), first::out);
    assertTrue(exemption("requests").out().contains("security"));

    var second =
        exemption(
            "grant",
            LONG_HOST,
            "claude-code",
            "--until",
            "2026-07-15",
            "--reason",
            "X",
            "--actor",
            "li.na");
    assertEquals(0, second.code(), second::err);
    // The end of the last day in the rule's zone.
    assertTrue(second.out().contains("2026-07-15 16:00 UTC"), second::out);
    assertTrue(second.out().contains("Granted. The device takes it"), second::out);
    assertEquals("Nothing waits for a decision.\n", exemption("requests").out());

    var list = exemption("list");
    assertTrue(list.out().contains("EX-0001"), list::out);
    assertTrue(list.out().contains("granted"), list::out);
    assertEquals("No exemption ends within 7 days.\n", exemption("list", "--ending").out());

    var ended = exemption("end", id(), "claude-code", "--reason", "moved", "--actor", "zhao.min");
    assertEquals(0, ended.code(), ended::err);
    assertTrue(ended.out().contains("a fresh minimum notice"), ended::out);
    assertEquals("No exemption holds.\n", exemption("list").out());
    assertTrue(exemption("list", "--all").out().contains("ended"));
  }

  @Test
  void programs_read_json() {
    exemption(
        "grant",
        id(),
        "claude-code",
        "--reason",
        "agreed",
        "--actor",
        "zhao.min",
        "--category",
        "research",
        "--ticket",
        "SEC-7",
        "--conditions",
        "not on customer data");
    var granted =
        exemption("grant", id(), "claude-code", "--reason", "ok", "--actor", "li.na", "-o", "json");
    for (var said :
        List.of(
            "\"case\": \"EX-0001\"",
            "\"state\": \"granted\"",
            "\"by\": \"li.na\"",
            "\"category\": \"research\"",
            "\"ticket\": \"SEC-7\"",
            "\"conditions\": \"not on customer data\"")) {
      assertTrue(granted.out().contains(said), granted::out);
    }
    assertTrue(exemption("list", "-o", "json").out().contains("\"request\": \"R-7f3a\""));
    assertEquals("[]\n", exemption("requests", "-o", "json").out());
    assertTrue(exemption("show", id(), "claude-code", "-o", "json").out().startsWith("["));
  }

  @Test
  void a_refusal_needs_a_contact() {
    assertEquals(
        2,
        exemption("refuse", id(), "claude-code", "--reason", "no", "--actor", "zhao.min").code());
    var refused =
        exemption(
            "refuse",
            id(),
            "claude-code",
            "--reason",
            "no",
            "--contact",
            "helpdesk",
            "--actor",
            "zhao.min");
    assertEquals(0, refused.code(), refused::err);
    assertTrue(refused.out().contains("The employee is told"), refused::out);
  }

  @Test
  void what_is_not_taken_is_said_in_one_line_with_its_exit_code() {
    failed(4, "no account \"anna\"", "grant", id(), "claude-code", "--reason", "x");
    failed(
        4,
        "helpdesk or approver",
        "grant",
        id(),
        "claude-code",
        "--reason",
        "x",
        "--actor",
        "gao.lu");
    failed(1, "no workstation \"nowhere\"", "show", "nowhere", "claude-code");
    failed(2, "kebab-case", "show", id(), "Claude Code");
    failed(
        2,
        "2026-07-10",
        "grant",
        id(),
        "claude-code",
        "--until",
        "tomorrow",
        "--reason",
        "x",
        "--actor",
        "zhao.min");
    failed(
        4,
        "within PT720H",
        "grant",
        id(),
        "claude-code",
        "--until",
        "2026-12-01",
        "--reason",
        "x",
        "--actor",
        "zhao.min");
    failed(
        4,
        "nobody sees",
        "grant",
        id(),
        "claude-code",
        "--reason",
        "a\u202eb",
        "--actor",
        "zhao.min");
    exemption(
        "refuse", id(), "claude-code", "--reason", "x", "--contact", "x", "--actor", "zhao.min");
    failed(
        4,
        "nothing of claude-code waits",
        "refuse",
        id(),
        "claude-code",
        "--reason",
        "x",
        "--contact",
        "x",
        "--actor",
        "zhao.min");
    Typed.server("account", "disable", "zhao.min", "-d", dir);
    failed(
        4,
        "no account \"zhao.min\"",
        "end",
        id(),
        "claude-code",
        "--reason",
        "x",
        "--actor",
        "zhao.min");
  }

  private void failed(int code, String why, String... arguments) {
    var typed = exemption(arguments);
    assertEquals(code, typed.code(), typed::err);
    assertEquals(1, typed.err().lines().count(), typed::err);
    assertTrue(typed.err().contains(why), typed::err);
    assertEquals("", typed.out());
  }

  @Test
  void limits_of_the_settings_hold() throws IOException {
    var settings = Path.of(dir, "server.yaml");
    var text = Files.readString(settings);
    Files.writeString(
        settings,
        text.replace(
            "\nexemptions: {longest: P30D, at-once: 100}",
            "\nexemptions: {longest: P30D, rules: {claude-code: {longest: P1D}}}"));
    failed(4, "within PT24H", "grant", id(), "claude-code", "--reason", "x", "--actor", "zhao.min");
    Files.writeString(
        settings, text.replace("\nexemptions: {longest: P30D", "\nexemptions: {longest: P999D"));
    failed(
        2, "PT1M to P180D", "grant", id(), "claude-code", "--reason", "x", "--actor", "zhao.min");
  }

  @Test
  void a_key_that_is_not_here_is_said_before_anything_is_decided() throws IOException {
    Files.delete(Path.of(dir, "keys", "exemptions.pem"));
    failed(
        5,
        "the exemptions key is not in",
        "grant",
        id(),
        "claude-code",
        "--reason",
        "x",
        "--actor",
        "zhao.min");
    assertEquals("There is no case.\n", exemption("list", "--all").out());
  }

  @Test
  void accounts_are_listed_with_what_they_may_do() {
    var list = Typed.server("account", "list", "-d", dir);
    assertTrue(list.out().contains("zhao.min"), list::out);
    assertTrue(list.out().contains("helpdesk"), list::out);
    assertEquals(0, Typed.server("break-glass", "on", "-d", dir).code());
    assertTrue(accounts().contains("break-glass,active,false"), this::accounts);
    assertEquals(0, Typed.server("break-glass", "off", "-d", dir).code());
    assertTrue(accounts().contains("break-glass,off,false"), this::accounts);
    var again = Typed.server("account", "create", "li.na", "--role", "viewer", "-d", dir);
    assertEquals(6, again.code());
    assertEquals(2, Typed.server("account", "create", "x", "--role", "king", "-d", dir).code());
    assertEquals(1, Typed.server("account", "disable", "nobody", "-d", dir).code());
    Typed.server("account", "disable", "zhao.min", "-d", dir);
    var twice = Typed.server("account", "disable", "zhao.min", "-d", dir);
    assertEquals("Account zhao.min is disabled already.", twice.out().strip());
    assertEquals(0, twice.code(), twice::err);
  }

  private String accounts() {
    return Typed.server("account", "list", "-d", dir, "--output", "csv").out();
  }

  /// Whose a token is is not who made it, and whose code it is not who switched it on.
  @Test
  void the_log_has_who_did_it_beside_the_server() {
    var made =
        Typed.server(
            "api-token", "create", "board", "--owner", "li.na", "--role", "viewer", "-d", dir);
    assertEquals(0, made.code(), made::err);
    var secret = Typed.server("account", "totp", "li.na", "-d", dir).out().split("\\s+")[1];
    var code = TotpApp.code(secret, Typed.NOW);
    var asked = Typed.server("account", "totp", "li.na", "--code", code, "-d", dir);
    assertEquals(0, asked.code(), asked::err);
    assertTrue(accounts().contains("li.na,active,true"), this::accounts);
    var log = Typed.admin("audit", "tail", "-d", dir, "--output", "csv").out();
    var tail = log.lines().toList();
    assertTrue(tail.getLast().contains("anna,account.totp,li.na"), log);
    assertTrue(tail.get(tail.size() - 2).contains("anna,api-token.create,board"), log);
    assertTrue(tail.get(tail.size() - 2).contains("li.na"), log);
  }

  @Test
  void a_challenge_is_answered_by_two_people_and_the_code_is_shown_once() {
    var challenge = Challenge.of(device.id(), new RuleId("claude-code"), 7).text();
    var line = List.of("code", challenge, "--days", "3", "--reason", "on a plane", "--actor");
    var first = typed(line, "zhao.min");
    assertEquals(0, first.code(), first::err);
    assertTrue(first.out().contains("no code yet"), first.out());
    var second = typed(line, "li.na");
    assertEquals(0, second.code(), second::err);
    assertTrue(second.out().contains("EX-0001, granted"), second.out());
    var code = second.out().lines().filter(one -> one.startsWith("Code")).findFirst().orElseThrow();
    assertEquals(OneTimeCode.whole(Typed.NOW.plus(Duration.ofDays(3))), end(code));
    var again = typed(line, "li.na");
    assertEquals(6, again.code(), again::out);
    assertFalse(again.out().contains(code));
    assertTrue(exemption("list").out().contains("code given"));
    assertTrue(exemption("show", id(), "claude-code").out().contains("C-000007, not known"));
  }

  private static Instant end(String line) {
    return OneTimeCode.read(line.substring("Code".length()).strip()).until();
  }

  private Typed typed(List<String> line, String actor) {
    var whole = new ArrayList<>(line);
    whole.add(actor);
    return exemption(whole.toArray(String[]::new));
  }

  @Test
  void what_was_misread_and_who_is_unknown_are_said() {
    var misread =
        typed(List.of("code", "7N6J", "--days", "3", "--reason", "x", "--actor"), "li.na");
    assertEquals(2, misread.code());
    assertTrue(misread.err().contains("20 symbols"), misread.err());
    var other = Challenge.of(new DeviceId("0".repeat(32)), new RuleId("claude-code"), 7).text();
    var nobody = typed(List.of("code", other, "--days", "3", "--reason", "x", "--actor"), "li.na");
    assertEquals(1, nobody.code());
    assertTrue(nobody.err().contains("no workstation"), nobody.err());
  }

  @Test
  void a_server_without_a_key_for_codes_says_how_to_make_one() throws IOException {
    Files.delete(Path.of(dir, "keys", "codes.pem"));
    var challenge = Challenge.of(device.id(), new RuleId("claude-code"), 7).text();
    var line = List.of("code", challenge, "--days", "1", "--reason", "x", "--actor");
    var without = typed(line, "zhao.min");
    assertEquals(5, without.code());
    assertTrue(without.err().contains("interdict exemption code-key"), without.err());
    var made = exemption("code-key");
    assertEquals(0, made.code(), made::err);
    assertEquals(made.out(), exemption("code-key").out());
    assertEquals(0, typed(line, "zhao.min").code());
  }
}
