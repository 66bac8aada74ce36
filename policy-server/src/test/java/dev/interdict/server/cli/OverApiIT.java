package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.draft.Template;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that change things, from another machine.
class OverApiIT {
  @TempDir Path folder;
  private TestingOffice office;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder.resolve("office"));
    login("all", Role.AUTHOR, Role.HELPDESK, Role.ADMINISTRATOR, Role.AUDITOR, Role.SIGNER);
    login("reader", Role.VIEWER);
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private void login(String name, Role... roles) throws Exception {
    var secret =
        office
            .parts()
            .apiTokens()
            .create("ada", "ada", name, Set.of(roles), Scope.WHOLE, Duration.ofDays(1));
    var file = Files.writeString(folder.resolve(name), secret);
    assertEquals(
        0,
        typed(name, "login", "--server", office.address(), "--token-file", file.toString()).code());
  }

  private Typed typed(String profile, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--profile", profile, "--profiles", folder.resolve("c/profiles.json").toString()));
    return Typed.admin(all.toArray(String[]::new));
  }

  private Typed done(String... arguments) {
    var typed = typed("all", arguments);
    assertEquals(0, typed.code(), () -> String.join(" ", arguments) + typed.err());
    return typed;
  }

  private void refused(int code, String... arguments) {
    var typed = typed("all", arguments);
    assertEquals(code, typed.code(), () -> String.join(" ", arguments) + typed.err());
  }

  private String rule(String extra) throws Exception {
    var text = Template.rule(new RuleId("some-tool"), Typed.NOW) + extra;
    return Files.writeString(folder.resolve("some-tool.yaml"), text).toString();
  }

  @Test
  void a_draft_is_written_changed_and_given_up() throws Exception {
    assertTrue(done("draft", "new", rule("")).out().contains("some-tool"));
    assertTrue(done("draft", "show", "1", "--content").out().startsWith("id: some-tool"));
    var changed = rule("# changed\n");
    refused(6, "draft", "edit", "1", changed, "--revision", "7");
    assertFalse(done("draft", "show", "1", "--content").out().contains("# changed"));
    done("draft", "edit", "1", changed, "--revision", "1");
    assertTrue(done("draft", "show", "1", "--content").out().endsWith("# changed\n"));
    assertTrue(done("draft", "list", "--output", "csv").out().contains("1,some-tool,open,2"));
    done("draft", "preview", "1");
    done("draft", "observe", "1");
    done("draft", "new", changed);
    refused(2, "draft", "discard", "2");
    done("draft", "discard", "2", "--reason", "not needed");
    refused(1, "draft", "show", "99");
    assertEquals(4, typed("reader", "draft", "new", changed).code());
  }

  @Test
  void a_program_approves_nothing() throws Exception {
    done("draft", "new", rule(""));
    var sha256 = "0".repeat(64);
    refused(4, "draft", "approve", "1", "--sha256", sha256);
    assertTrue(done("draft", "list").out().contains("open"), "and the draft stays as it was");
  }

  @Test
  void rules_are_held_and_letting_go_is_proposed() throws Exception {
    done("draft", "new", rule(""));
    done("draft", "observe", "1");
    refused(2, "pause", "some-tool");
    refused(4, "pause", "--reason", "neither a rule nor all");
    assertTrue(done("pause", "some-tool", "--reason", "a test").out().contains("some-tool"));
    var proposed = done("resume", "some-tool", "--propose", "--note", "found nothing");
    assertTrue(proposed.out().contains("open"), proposed.out());
    assertTrue(done("proposal", "list").out().contains("token:all"));
    assertTrue(done("withdraw", "some-tool").out().contains("serial"));
    refused(1, "withdraw", "some-tool");
  }

  @Test
  void a_report_is_written_a_page_kept_and_a_summary_scheduled() throws Exception {
    done("draft", "new", rule(""));
    done("draft", "observe", "1");
    office.clock.move(java.time.Duration.ofHours(1));
    var day = java.time.LocalDate.ofInstant(office.clock.instant(), java.time.ZoneOffset.UTC);
    var file = folder.resolve("pack.zip").toString();
    var period = List.of("--from", day.toString(), "--to", day.toString());
    var pack = new ArrayList<>(List.of("report", "pack", file, "--rule", "some-tool"));
    pack.addAll(period);
    assertTrue(done(pack.toArray(String[]::new)).out().contains("bytes written"));
    try (var zip = new java.util.zip.ZipFile(file)) {
      assertTrue(zip.getEntry("report.pdf") != null && zip.getEntry("SHA256SUMS") != null);
    }
    assertFalse(
        typed("all", pack.toArray(String[]::new)).code() == 0, "nothing is written over it");
    pack.set(2, folder.resolve("other.zip").toString());
    pack.set(4, "other");
    refused(1, pack.toArray(String[]::new));
    assertFalse(Files.exists(folder.resolve("other.zip")));

    done("report", "views", "save", "--name", "Mine", "--address", "/devices?rule=some-tool");
    var list = done("report", "views", "list", "--output", "csv").out();
    var view = list.lines().skip(1).findFirst().orElseThrow().split(",")[0];
    done("report", "views", "rename", view, "--name", "Ours");
    var weekly =
        new ArrayList<>(
            List.of("report", "schedule", "add", "--view", view, "--every", "week", "--on", "5"));
    weekly.addAll(List.of("--hour", "9", "--zone", "Asia/Shanghai", "--to", "a@example.com"));
    done(weekly.toArray(String[]::new));
    var listed = done("report", "schedule", "list", "--output", "csv").out();
    var schedule = listed.lines().skip(1).findFirst().orElseThrow().split(",")[0];
    done("report", "schedule", "remove", schedule);
    refused(1, "report", "schedule", "remove", schedule);
    done("report", "views", "remove", view);
    refused(2, "report", "views", "save", "--name", "x");
  }

  @Test
  void tokens_workstations_and_failures() throws Exception {
    var created =
        done("enrol", "token", "create", "--department", "R&D", "--days", "1", "--uses", "2");
    assertTrue(created.out().contains("secret"), created.out());
    var list = done("enrol", "token", "list", "--output", "csv");
    var id = list.out().lines().skip(1).findFirst().orElseThrow().split(",")[0];
    assertEquals("Done.", done("enrol", "token", "revoke", id).out().strip());
    refused(1, "enrol", "token", "revoke", id);

    var device = office.device("ws-1", "R&D");
    office.reports(device, "some-tool", RuleState.FAILED);
    var who = device.id().value();
    assertTrue(done("queue", "list").out().contains("ws-1"));
    done("queue", "comment", who, "some-tool", "--text", "looked at it");
    assertTrue(done("failures", "show", who, "some-tool").out().contains("looked at it"));
    done("queue", "resolve", who, "some-tool", "--text", "solved");
    done("device", "retire", who, "--reason", "sold");
    assertTrue(done("device", "show", who).out().contains("retired"));
    // A script that is run again is no error, and is told that nothing was to do.
    assertEquals(
        List.of("retired     0", "already     1"),
        done("device", "retire", who, "--reason", "sold").out().lines().toList());
    assertTrue(done("device", "retire", "--help").out().contains("is no error"));
    done("device", "return", who, "--reason", "not sold");
    assertTrue(done("exemption", "requests").out().contains("nothing"));
    refused(4, "device", "retire", "f".repeat(32), "--reason", "x");
    // What one person does is not proposed, and nothing is carried out that nobody proposed.
    var needless = typed("all", "device", "retire", who, "--reason", "sold", "--propose");
    assertTrue(needless.code() == 4 && needless.err().contains("one person"), needless::err);
    var unknown = typed("all", "device", "retire-agreed", "99");
    assertTrue(unknown.code() == 4 && unknown.err().contains("no proposal 99"), unknown::err);
  }

  @Test
  void a_server_that_is_away_is_told_apart_from_a_refusal() {
    office.close();
    var typed = typed("all", "pause", "--all", "--reason", "x");
    assertEquals(3, typed.code(), typed::err);
  }

  @Test
  void what_a_list_leaves_out_is_said_beside_it() {
    var parts = office.parts();
    parts
        .database()
        .write(connection -> {
          for (var n = 1; n <= 1_003; n++) {
            Sql.update(
                connection,
                "insert into ring (name, place, description, failures, percent, version,"
                    + " changed_at, changed_by) values (?,?,'',null,null,1,0,'ada')",
                "ring-%04d".formatted(n),
                1 + n % 1_000);
          }
          return null;
        });
    for (var form : List.of("table", "json", "yaml", "csv")) {
      var listed = typed("reader", "ring", "list", "--output", form);
      assertEquals(0, listed.code(), listed::err);
      assertTrue(listed.out().contains("ring-0500"), form);
      assertEquals("rings: 3 more that the server does not tell here\n", listed.err(), form);
    }
  }

  @Test
  void a_list_that_goes_on_says_so() throws Exception {
    for (var command :
        List.of(
            List.of("audit", "list", "--most", "2"), List.of("device", "list", "--most", "1"))) {
      office.device("ws-" + command.size() + command.getFirst(), "R&D");
      office.device("ws-b" + command.getFirst(), "R&D");
      var listed = typed("all", command.toArray(String[]::new));
      assertEquals(0, listed.code(), listed::err);
      assertTrue(
          listed.err().startsWith("there are more than these " + command.getLast()), listed::err);
    }
    assertEquals(2, typed("all", "audit", "list", "--most", "0").code());
  }
}
