package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Collection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists that two people sign on machines of their own.
@Tag("any-database")
class OfflineBlocklistIT {
  @TempDir Path temp;
  private Admins admins;

  @BeforeEach
  void walk_to_offline_keys() throws Exception {
    admins = Admins.afterTheWalk(temp);
  }

  @Test
  void two_people_sign_what_each_was_shown_and_the_workstation_follows() throws Exception {
    admins.rule("some-tool", "2026-07-20T10:00", "2026-07-13T10:00");
    admins.rule("new-tool", "pkg:npm/%40example/tool", "pkg:npm/new-tool");
    admins.done(
        "blocklist",
        "draft",
        admins.path("some-tool.yaml"),
        admins.path("new-tool.yaml"),
        "--break-glass",
        Typed.ALONE,
        "--out",
        admins.path("a.draft"));
    var shown = admins.sign("blocklist", "anna-blocklist", "a.draft");
    assertEquals(0, shown.code(), shown::err);
    for (var line :
        new String[] {
          "+ added    new-tool   Example Tool, by Example Inc",
          "match[{\"package\":\"pkg:npm/new-tool\"}]",
          "~ changed  some-tool",
          "timeline.effective           2026-07-20T10:00 -> 2026-07-13T10:00   ! EARLIER by 7 d 0"
              + " h",
          "Serial      1 -> 2",
          "blocklist, by the keys of blocklist  1 of 2",
          "Hand the file on to the next signer."
        }) {
      assertTrue(shown.out().contains(line), () -> line + " in " + shown.out());
    }
    var few = admins.here("blocklist", "publish", admins.path("a.draft"));
    assertEquals(5, few.code());
    assertTrue(few.err().contains("signatures are missing"), few::err);
    assertEquals(1, admins.believed().serial());
    admins.signed("blocklist", "bo-blocklist", "a.draft");
    var unreviewed = admins.here("blocklist", "publish", admins.path("a.draft"));
    assertEquals(4, unreviewed.code(), unreviewed::err);
    assertTrue(unreviewed.err().contains("needs a second person"), unreviewed::err);
    admins.done("blocklist", "publish", admins.path("a.draft"), "--break-glass", Typed.ALONE);
    var believed = admins.believed();
    assertEquals(2, believed.serial());
    assertEquals(2, believed.rules().size());
  }

  @Test
  void a_draft_that_was_taken_back_is_not_published_however_many_signed_it() throws Exception {
    admins.rule("some-tool", "2026-07-20T10:00", "2026-08-20T10:00");
    draft(admins.path("some-tool.yaml"));
    var taken =
        admins.done("blocklist", "withdraw", admins.path("a.draft"), "--reason", "a holiday");
    assertTrue(taken.out().contains("a holiday"), taken::out);
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    admins.signed("blocklist", "bo-blocklist", "a.draft");
    var refused = admins.here("blocklist", "publish", admins.path("a.draft"));
    assertEquals(6, refused.code(), refused::err);
    assertTrue(refused.err().contains("withdrew it"), refused::err);
    assertEquals(1, admins.believed().serial());
    Files.delete(temp.resolve("a.draft"));
    admins.rule("some-tool", "2026-08-20T10:00", "2026-08-21T10:00");
    draft(admins.path("some-tool.yaml"));
    // Each signed that version once, and says that it knows that one to be given up.
    assertEquals(0, admins.sign("blocklist", "anna-blocklist", "a.draft", "--again").code());
    assertEquals(0, admins.sign("blocklist", "bo-blocklist", "a.draft", "--again").code());
    admins.done("blocklist", "publish", admins.path("a.draft"));
    var late =
        admins.here("blocklist", "withdraw", admins.path("a.draft"), "--reason", "after all");
    assertEquals(6, late.code(), late::err);
    assertEquals(
        2, admins.here("blocklist", "withdraw", admins.path("a.draft"), "--reason", " ").code());
    assertEquals(
        2, admins.here("root", "withdraw", admins.path("a.draft"), "--reason", "x").code());
  }

  @Test
  void more_may_be_told_only_after_each_signer_was_shown_that_it_is_more() throws Exception {
    Files.writeString(
        temp.resolve("ceiling.yaml"),
        """
        level: places
        host-name: true
        decided-by: Works agreement 2026-04
        """);
    draft("--collection", admins.path("ceiling.yaml"), "--break-glass", Typed.ALONE);
    var shown = admins.sign("blocklist", "anna-blocklist", "a.draft");
    assertEquals(0, shown.code(), shown::err);
    for (var line :
        new String[] {
          "~ changed  what devices may tell",
          "collection.level             matches -> places   ! devices tell MORE",
          "collection.decided-by        + Works agreement 2026-04",
          "agents that do not know of it refuse the list",
          "No rule changes."
        }) {
      assertTrue(shown.out().contains(line), () -> line + " in " + shown.out());
    }
    assertEquals(Collection.DEFAULT, admins.believed().collection());
    admins.signed("blocklist", "bo-blocklist", "a.draft");
    admins.done("blocklist", "publish", admins.path("a.draft"), "--break-glass", Typed.ALONE);
    assertEquals(Collection.Level.PLACES, admins.believed().collection().level());
  }

  @Test
  void what_two_people_agreed_to_is_signed_offline_and_nothing_else() throws Exception {
    for (var account : List.of("anna:author", "bo:approver")) {
      var name = account.split(":");
      var made =
          admins.run(
              true,
              "account",
              "create",
              name[0],
              "--role",
              name[1],
              "-d",
              admins.server.toString());
      assertEquals(0, made.code(), made::err);
    }
    admins.rule("new-tool", "pkg:npm/%40example/tool", "pkg:npm/new-tool");
    var alone =
        admins.here(
            "blocklist", "draft", admins.path("new-tool.yaml"), "--out", admins.path("x.draft"));
    assertEquals(4, alone.code(), alone::err);
    admins.done("draft", "new", admins.path("new-tool.yaml"), "--actor", "anna");
    draft("--observe", "1", "--actor", "anna");
    signAndPublish();
    admins.done("draft", "preview", "1", "--actor", "anna");
    admins.done("draft", "submit", "1", "--actor", "anna");
    var early =
        admins.here(
            "blocklist",
            "draft",
            "--reviewed",
            "1",
            "--actor",
            "anna",
            "--out",
            admins.path("x.draft"));
    assertEquals(4, early.code(), early::err);
    var shown = admins.done("draft", "show", "1").out();
    var digits = shown.substring(shown.indexOf("SHA-256") + 12, shown.indexOf("SHA-256") + 28);
    admins.done("draft", "approve", "1", "--sha256", digits, "--actor", "bo");
    draft("--reviewed", "1", "--actor", "anna");
    signAndPublish();
    assertTrue(admins.done("draft", "list", "--all").out().contains("published"));
    assertEquals(2, admins.believed().rules().size());
  }

  private void signAndPublish() throws IOException {
    for (var name : List.of("anna-blocklist", "bo-blocklist")) {
      admins.signed("blocklist", name, "a.draft");
    }
    admins.done("blocklist", "publish", admins.path("a.draft"));
    Files.delete(temp.resolve("a.draft"));
  }

  @Test
  void a_ceiling_that_is_not_understood_is_not_drafted() throws Exception {
    Files.writeString(temp.resolve("ceiling.yaml"), "level: everything\nhost-name: true\n");
    var refused =
        admins.here(
            "blocklist",
            "draft",
            "--collection",
            admins.path("ceiling.yaml"),
            "--out",
            admins.path("a.draft"));
    assertEquals(4, refused.code(), refused::err);
    assertTrue(refused.err().contains("write one of states, matches, places"), refused::err);
    assertFalse(Files.exists(temp.resolve("a.draft")));
  }

  @Test
  void copies_that_were_signed_apart_count_together() throws Exception {
    draft("--withdraw", "some-tool");
    Files.copy(temp.resolve("a.draft"), temp.resolve("b.draft"));
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    admins.signed("blocklist", "chen-blocklist", "b.draft");
    assertEquals(5, admins.here("blocklist", "publish", admins.path("a.draft")).code());
    admins.done("blocklist", "publish", admins.path("a.draft"), admins.path("b.draft"));
    assertEquals(0, admins.believed().rules().size());
  }

  @Test
  void one_person_alone_does_not_count_twice() {
    draft("--withdraw", "some-tool");
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    assertEquals(5, admins.here("blocklist", "publish", admins.path("a.draft")).code());
  }

  @Test
  void one_key_on_the_server_does_not_publish_any_more() {
    var refused = admins.here("publish", admins.path("some-tool.yaml"));
    assertEquals(5, refused.code());
    assertTrue(refused.err().contains("interdict blocklist draft"), refused::err);
    var brought =
        admins.here(
            "publish",
            admins.path("some-tool.yaml"),
            "--key",
            admins.keyFile("anna-blocklist"),
            "--passphrase-file",
            admins.path("passphrase"));
    assertEquals(5, brought.code());
    assertTrue(brought.err().contains("interdict blocklist draft"), brought::err);
  }

  @Test
  void a_key_of_another_role_signs_nothing() throws IOException {
    draft("--withdraw", "some-tool");
    var before = Files.readString(temp.resolve("a.draft"));
    var refused = admins.sign("blocklist", "anna-root", "a.draft");
    assertEquals(5, refused.code());
    assertTrue(refused.err().contains("nothing here asks for key"), refused::err);
    assertEquals(before, Files.readString(temp.resolve("a.draft")));
  }

  @Test
  void a_list_other_than_the_one_that_is_signed_is_never_shown() throws IOException {
    draft("--renew");
    var file = temp.resolve("a.draft");
    var text = Files.readString(file);
    var document = text.replaceAll("(?s).*\"next\": \"([A-Za-z0-9+/=]+)\".*", "$1");
    var list = new String(Base64.getDecoder().decode(document), StandardCharsets.UTF_8);
    var harmless = list.replace("Example Tool", "Harmless Tool");
    assertFalse(harmless.equals(list));
    Files.writeString(
        file,
        text.replace(
            document,
            Base64.getEncoder().encodeToString(harmless.getBytes(StandardCharsets.UTF_8))));
    refusedUnseen("must not be signed: target blocklist/global.json");
  }

  @Test
  void a_member_that_cannot_be_shown_is_not_signed() throws Exception {
    draft("--renew");
    var file = temp.resolve("a.draft");
    var text = Files.readString(file);
    var next = text.indexOf("\"next\": [");
    var begin = text.indexOf("\"file\": \"", next) + 9;
    var end = text.indexOf('"', begin);
    var signed =
        new String(Base64.getDecoder().decode(text.substring(begin, end)), StandardCharsets.UTF_8);
    for (var hidden :
        List.of(
            signed.replace("\"_type\":\"targets\"", "\"_type\":\"targets\",\"x-interdict-more\":1"),
            signed.replace("\"length\":", "\"custom\":{\"more\":1},\"length\":"))) {
      assertFalse(hidden.equals(signed));
      var bytes = hidden.getBytes(StandardCharsets.UTF_8);
      Files.writeString(
          file,
          text.substring(0, begin)
              + Base64.getEncoder().encodeToString(bytes)
              + text.substring(end));
      var refused = admins.sign("blocklist", "chen-blocklist", "a.draft");
      assertEquals(5, refused.code(), refused::out);
      assertTrue(refused.err().contains("this draft must not be signed"), refused::err);
    }
  }

  @Test
  void a_draft_of_another_repository_is_refused() throws Exception {
    var others = Admins.ofTheirOwn(Files.createDirectory(temp.resolve("others")));
    others.done("publish", others.rule("other-tool"), "--break-glass", Typed.ALONE);
    others.done("blocklist", "draft", "--withdraw", "other-tool", "--out", admins.path("a.draft"));
    refusedUnseen("its first root is sha256:");
  }

  @Test
  void a_draft_from_an_old_state_is_refused_by_whoever_signed_a_newer_one() throws IOException {
    admins.rule("new-tool", "pkg:npm/%40example/tool", "pkg:npm/new-tool");
    admins.done(
        "blocklist",
        "draft",
        admins.path("new-tool.yaml"),
        "--out",
        admins.path("old.draft"),
        "--break-glass",
        Typed.ALONE);
    draft("--withdraw", "some-tool");
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    admins.signed("blocklist", "bo-blocklist", "a.draft");
    admins.done("blocklist", "publish", admins.path("a.draft"));
    var refused = admins.sign("blocklist", "anna-blocklist", "old.draft");
    assertEquals(4, refused.code());
    assertTrue(refused.err().contains("would be undone unseen"), refused::err);
    admins.signed("blocklist", "chen-blocklist", "old.draft");
    assertEquals(0, admins.sign("blocklist", "bo-blocklist", "old.draft", "--again").code());
    var late = admins.here("blocklist", "publish", admins.path("old.draft"));
    assertEquals(6, late.code(), late::err);
    assertTrue(late.err().contains("the list was changed since this was drafted"), late::err);
  }

  @Test
  void a_draft_is_no_change_of_keys_and_the_reverse() {
    draft("--renew");
    var root = admins.sign("root", "anna-root", "a.draft");
    assertEquals(2, root.code());
    admins.done("root", "new", "--renew", "root", "--out", admins.path("r.draft"));
    var list = admins.sign("blocklist", "anna-blocklist", "r.draft");
    assertEquals(2, list.code());
  }

  @Test
  void a_machine_that_was_told_no_trust_root_signs_nothing() {
    draft("--renew");
    var typed =
        admins.run(
            false,
            "blocklist",
            "sign",
            admins.path("a.draft"),
            "--key",
            admins.keyFile("anna-blocklist"),
            "--memory",
            admins.path("fresh.memory"));
    assertEquals(2, typed.code());
    assertTrue(typed.err().contains("--trust-root sha256:"), typed::err);
  }

  @Test
  void a_clock_that_is_wrong_is_noticed_before_it_is_signed() throws Exception {
    draft("--renew");
    admins.later(Duration.ofDays(40));
    refusedUnseen("must not be dated before");
    admins.later(Duration.ofDays(-60));
    refusedUnseen("set the wrong one of the two clocks right");
  }

  @Test
  void renewing_says_that_nothing_else_changes() throws Exception {
    draft("--renew");
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    var second = admins.sign("blocklist", "bo-blocklist", "a.draft");
    assertTrue(second.out().contains("No rule changes"), second::out);
    assertTrue(second.out().contains("Complete."), second::out);
    admins.done("blocklist", "publish", admins.path("a.draft"));
    assertEquals(2, admins.believed().serial());
    assertEquals(1, admins.believed().rules().size());
  }

  private void draft(String... change) {
    var arguments = new ArrayList<>(List.of("blocklist", "draft"));
    arguments.addAll(List.of(change));
    arguments.addAll(List.of("--out", admins.path("a.draft")));
    admins.done(arguments.toArray(String[]::new));
  }

  private void refusedUnseen(String why) throws IOException {
    var before = Files.readString(temp.resolve("a.draft"));
    var refused = admins.sign("blocklist", "anna-blocklist", "a.draft");
    assertEquals(5, refused.code(), refused::out);
    assertTrue(refused.err().contains(why), refused::err);
    assertEquals("", refused.out());
    assertEquals(before, Files.readString(temp.resolve("a.draft")));
  }
}
