package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands by which a ban comes to the list, as people type them.
class DraftCommandsIT {
  @TempDir Path temp;
  private String dir = "";
  private String file = "";

  @BeforeEach
  void set_a_server_up_with_two_accounts() throws IOException {
    dir = temp.resolve("server").toString();
    SetUp.in(Path.of(dir));
    account("anna", "author");
    account("bo", "approver");
    var rule = temp.resolve("claude-code.yaml");
    try (var text =
        getClass().getResourceAsStream("/dev/interdict/server/catalogue/claude-code.yaml")) {
      assertTrue(text != null);
      Files.write(rule, text.readAllBytes());
    }
    file = rule.toString();
  }

  private void account(String name, String role) {
    var made = Typed.server("account", "create", name, "--role", role, "-d", dir);
    assertEquals(0, made.code(), made::err);
  }

  private Typed typed(String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("-d", dir));
    return Typed.admin(line.toArray(String[]::new));
  }

  private Typed done(String... arguments) {
    var typed = typed(arguments);
    assertEquals(0, typed.code(), typed::err);
    return typed;
  }

  private static String sha256(Typed shown) {
    return shown
        .out()
        .lines()
        .filter(line -> line.startsWith("SHA-256"))
        .findFirst()
        .orElseThrow()
        .substring(12, 12 + 16);
  }

  private boolean isAudited(String action) {
    try (var database = TestingDatabase.open(Path.of(dir))) {
      return new Audit(database, new MovableClock(Typed.NOW))
          .newest(Long.MAX_VALUE, 50).stream().anyMatch(entry -> entry.action().equals(action));
    }
  }

  @Test
  void rules_are_for_the_whole_fleet_and_for_those_who_see_it() {
    var scoped = List.of("account", "create", "ed", "--scope", "R&D", "-d", dir, "--role");
    for (var role : List.of("author", "signer", "auditor", "administrator")) {
      var line = new ArrayList<>(scoped);
      line.add(role);
      var refused = Typed.server(line.toArray(String[]::new));
      assertEquals(2, refused.code(), refused::err);
      assertTrue(refused.err().contains(role + " does is for the whole fleet"), refused::err);
    }
    var line = new ArrayList<>(scoped);
    line.add("approver");
    assertEquals(0, Typed.server(line.toArray(String[]::new)).code());
    done("draft", "new", "--catalogue", "claude-code", "--actor", "anna");
    done("draft", "observe", "1", "--actor", "anna");
    done("draft", "preview", "1", "--actor", "anna");
    done("draft", "submit", "1", "--actor", "anna");
    var digits = sha256(done("draft", "show", "1"));
    var refused = typed("draft", "approve", "1", "--sha256", digits, "--actor", "ed");
    assertEquals(4, refused.code(), refused::err);
    assertTrue(refused.err().contains("sees R&D alone"), refused::err);
  }

  @Test
  void from_the_catalogue_to_the_list_by_two_people() {
    done("draft", "new", "--catalogue", "claude-code", "--actor", "anna");
    done("draft", "observe", "1", "--actor", "anna");
    done("draft", "preview", "1", "--actor", "anna");
    done("draft", "submit", "1", "--actor", "anna");
    var shown = done("draft", "show", "1");
    for (var words :
        List.of(
            "two people have to agree", "moved into quarantine", "R051", "no entry", "PV-0001")) {
      assertTrue(shown.out().contains(words), () -> words + " in " + shown.out());
    }
    var digits = sha256(shown);
    var own = typed("draft", "approve", "1", "--sha256", digits, "--actor", "anna");
    assertEquals(4, own.code());
    assertEquals(4, typed("draft", "publish", "1", "--actor", "anna").code());
    done("draft", "approve", "1", "--sha256", digits, "--actor", "bo");
    done("draft", "publish", "1", "--actor", "anna");
    assertTrue(done("history").out().contains("changed claude-code"));
    assertTrue(isAudited("draft.approve"));
  }

  @Test
  void to_pause_one_rule_does_not_let_go_of_the_others_while_everything_is_held() {
    done("publish", file, "--break-glass", Typed.ALONE);
    done("pause", "--all", "--reason", "an emergency");
    var narrower = done("pause", "claude-code", "--reason", "this one above all");
    assertTrue(narrower.out().startsWith("All rules are held"), narrower::out);
    assertTrue(narrower.out().contains("beyond that: claude-code"), narrower::out);
    var all = done("resume", "--break-glass", Typed.ALONE);
    assertTrue(all.out().contains("claude-code"), "its own hold stays: " + all.out());
  }

  @Test
  void one_person_holds_and_two_let_go() {
    done("publish", file, "--break-glass", Typed.ALONE);
    done("pause", "--all", "--reason", "an emergency", "--actor", "anna");
    var alone = typed("resume", "--actor", "bo");
    assertEquals(Exit.REFUSED, alone.code());
    assertTrue(alone.err().contains("--propose"), alone::err);
    assertTrue(done("resume", "--propose", "--actor", "anna").out().contains("agree 1"));
    assertEquals(Exit.REFUSED, typed("proposal", "agree", "1", "--actor", "anna").code());
    assertTrue(done("proposal", "list").out().contains("lets go of the hold of every rule"));
    done("proposal", "agree", "1", "--actor", "bo", "--note", "looked at");
    assertTrue(done("resume", "--actor", "bo").out().contains("No rule is held any more"));
    assertTrue(isAudited("proposal.agree"));
  }

  @Test
  void two_people_let_devices_tell_more_and_one_lets_them_tell_less() throws IOException {
    done("publish", file, "--break-glass", Typed.ALONE);
    var more = Path.of(file).resolveSibling("collection.yaml");
    Files.writeString(
        more,
        """
        level: places
        host-name: true
        decided-by: works council
        text: {en: Folders are told., zh-CN: 会上报文件夹。}
        """);
    var ceiling = more.toString();
    assertEquals(Exit.REFUSED, typed("publish", "--collection", ceiling, "--actor", "anna").code());
    done("publish", "--collection", ceiling, "--propose", "--actor", "anna");
    done("proposal", "agree", "1", "--actor", "bo");
    // What was agreed to is that very text.
    Files.writeString(more, Files.readString(more).replace("Folders", "Files"));
    assertEquals(Exit.REFUSED, typed("publish", "--collection", ceiling, "--actor", "anna").code());
    Files.writeString(more, Files.readString(more).replace("Files", "Folders"));
    done("publish", "--collection", ceiling, "--actor", "anna");
    Files.writeString(more, Files.readString(more).replace("level: places", "level: states"));
    var less = typed("publish", "--collection", ceiling, "--propose", "--actor", "anna");
    assertTrue(less.err().contains("needs nobody else"), less::err);
    done("publish", "--collection", ceiling, "--actor", "anna");
  }

  @Test
  void a_file_is_published_alone_only_where_agents_do_no_more() throws IOException {
    var refused = typed("publish", file, "--actor", "anna");
    assertEquals(4, refused.code());
    assertTrue(refused.err().contains("a new ban"), refused::err);
    assertTrue(refused.err().contains("needs a second person"), refused::err);
    assertFalse(isAudited("blocklist.publish"));

    var short_ = typed("publish", file, "--break-glass", "now");
    assertEquals(2, short_.code());
    var alone = done("publish", file, "--break-glass", Typed.ALONE);
    assertTrue(alone.err().contains("BREAK GLASS"), alone::err);
    assertTrue(isAudited("break-glass"));

    var text = Files.readString(Path.of(file));
    Files.writeString(Path.of(file), text.replace("2026-07-10T00:00", "2026-07-20T10:00"));
    var later = done("publish", file);
    assertFalse(later.err().contains("BREAK GLASS"), later::err);
    // Going back brings the date forward.
    var back = typed("rollback", "1");
    assertEquals(4, back.code());
    assertTrue(back.err().contains("EARLIER"), back::err);
  }

  @Test
  void who_began_with_an_older_revision_overwrites_nothing() {
    done("draft", "new", file, "--actor", "anna");
    done("draft", "new", file, "--actor", "anna");
    var text = typed("draft", "show", "2", "--content").out();
    assertTrue(text.startsWith("# Takes Claude Code"), text);
    var same = typed("draft", "edit", "2", file, "--revision", "1", "--actor", "bo");
    assertEquals(4, same.code(), same::err);
    var older = typed("draft", "edit", "2", file, "--revision", "7", "--actor", "bo");
    assertEquals(6, older.code(), older::err);
    assertTrue(older.err().contains("nothing was written"), older::err);
  }

  @Test
  void nobody_without_an_account_acts() {
    var typed = typed("draft", "new", file, "--actor", "eve");
    assertEquals(4, typed.code());
    assertTrue(typed.err().contains("no account \"eve\""), typed::err);
  }

  @Test
  void a_rule_stands_on_the_register_entry_of_its_family() throws IOException {
    var entry = temp.resolve("risk.yaml");
    Files.writeString(
        entry,
        """
        id: anthropic
        name: Everything of Anthropic
        risk: high
        summary: Alleged backdoor risk.
        evidence: [https://example.com/report]
        reviewers: [Information security]
        review: 2026-06-30
        """);
    done("risk", "put", entry.toString(), "--actor", "anna");
    assertEquals(6, typed("risk", "put", entry.toString(), "--actor", "bo").code());
    done("risk", "put", entry.toString(), "--version-seen", "1", "--actor", "bo");
    assertTrue(done("risk", "list").out().contains("overdue"));
    done("draft", "new", file, "--actor", "anna");
    var lint = done("draft", "lint", "1");
    assertTrue(lint.out().contains("R052"), lint::out);
    var shown = done("draft", "show", "1");
    assertTrue(shown.out().contains("Alleged backdoor risk."), shown::out);
  }
}
