package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.policy.RuleId;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.terminal.PassphraseSource;
import dev.interdict.server.draft.Template;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Person;
import dev.interdict.server.review.StoredDraft;
import dev.interdict.server.scope.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `interdict apply`, over the API of a real server and beside one.
class ApplyIT {
  @TempDir Path folder;
  private TestingOffice office;
  private Path rules;
  private Drafts drafts;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder.resolve("office"));
    drafts = new Drafts(office.parts().database(), office.parts().audit(), office.clock);
    var secret =
        office
            .parts()
            .apiTokens()
            .create("ada", "ada", "ci", Set.of(Role.AUTHOR), Scope.WHOLE, Duration.ofDays(1));
    var token = Files.writeString(folder.resolve("token"), secret + "\n");
    assertEquals(
        0, admin("login", "--server", office.address(), "--token-file", token.toString()).code());
    rules = Files.createDirectory(folder.resolve("rules"));
    rule("tool-a");
    rule("tool-b");
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private void rule(String id, String... replacements) throws IOException {
    var text = Template.rule(new RuleId(id), Typed.NOW);
    for (var i = 0; i < replacements.length; i += 2) {
      assertTrue(text.contains(replacements[i]), replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    Files.writeString(rules.resolve(id + ".yaml"), text);
  }

  private Typed admin(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--profiles");
    all.add(folder.resolve("config/profiles.json").toString());
    return Typed.admin(all.toArray(String[]::new));
  }

  private Typed apply(String... more) {
    var all = new ArrayList<>(List.of("apply", "-f", rules.toString()));
    all.addAll(List.of(more));
    return admin(all.toArray(String[]::new));
  }

  private static Json.Obj json(Typed typed) throws Exception {
    var bytes = typed.out().getBytes(StandardCharsets.UTF_8);
    return (Json.Obj) JsonReader.read(bytes, JsonLimits.OWN);
  }

  private static List<String> states(Typed typed) throws Exception {
    return ((Json.Arr) Objects.requireNonNull(json(typed).get("rules")))
        .items().stream()
            .map(Json.Obj.class::cast)
            .map(one -> text(one, "rule") + " " + text(one, "state"))
            .toList();
  }

  private static String text(Json.Obj object, String name) {
    return ((Json.Text) Objects.requireNonNull(object.get(name))).value();
  }

  private StoredDraft of(String rule) {
    return drafts.list(false).stream()
        .filter(draft -> new RuleId(rule).equals(draft.rule()))
        .findFirst()
        .orElseThrow();
  }

  private String content(String rule) {
    return drafts.newest(of(rule)).content();
  }

  @Test
  void a_second_run_has_nothing_to_do() throws Exception {
    var dry = apply("--dry-run");
    assertEquals(0, dry.code(), dry::err);
    assertTrue(dry.out().contains("2 to begin"), dry.out());
    assertTrue(drafts.list(true).isEmpty());

    var first = apply("--yes", "--output", "json");
    assertEquals(0, first.code(), first::err);
    assertEquals(List.of("tool-a new", "tool-b new"), states(first));
    assertEquals(Files.readString(rules.resolve("tool-a.yaml")), content("tool-a"));

    var second = apply("--yes");
    assertEquals(0, second.code(), second::err);
    assertTrue(second.out().contains("Nothing to do."), second.out());
    assertTrue(second.out().contains("2 unchanged"), second.out());
    assertEquals(2, drafts.list(true).size());
    assertEquals(1, of("tool-a").revision());
  }

  @Test
  void a_change_is_shown_member_by_member_and_edits_the_same_draft() throws Exception {
    assertEquals(0, apply("--yes").code());
    rule("tool-a", "publisher: Example Inc", "publisher: Example Ltd");
    var changed = apply("--yes");
    assertEquals(0, changed.code(), changed::err);
    assertTrue(changed.out().contains("- Example Inc"), changed.out());
    assertTrue(changed.out().contains("+ Example Ltd"), changed.out());
    assertEquals(2, of("tool-a").revision());
    assertEquals(2, drafts.list(true).size());

    Files.writeString(
        rules.resolve("tool-b.yaml"), Files.readString(rules.resolve("tool-b.yaml")) + "# why\n");
    var comment = apply("--yes");
    assertTrue(comment.out().contains("only comments or layout differ"), comment.out());
    assertTrue(content("tool-b").endsWith("# why\n"));
  }

  @Test
  void one_bad_file_keeps_all_from_being_written() throws Exception {
    rule("tool-b", "enforcement: remove ", "enforcement: explode ");
    var applied = apply("--yes");
    assertEquals(1, applied.code());
    assertTrue(applied.out().contains("tool-b.yaml:"), applied.out());
    assertTrue(applied.out().contains("nothing was written"), applied.out());
    assertTrue(drafts.list(true).isEmpty());
  }

  @Test
  void a_text_of_somebody_else_is_not_overwritten() throws Exception {
    assertEquals(0, apply("--yes").code());
    var theirs = content("tool-a") + "# mine\n";
    var li = new Person("li.na", Set.of(Role.AUTHOR));
    assertTrue(drafts.edit(li, of("tool-a"), theirs) instanceof DraftOutcome.Done);
    rule("tool-a", "publisher: Example Inc", "publisher: Example Ltd");
    rule("tool-b", "publisher: Example Inc", "publisher: Example Ltd");

    var conflict = apply("--yes");
    assertEquals(6, conflict.code());
    assertTrue(conflict.out().contains("li.na wrote the newest text"), conflict.out());
    assertEquals(theirs, content("tool-a"));
    assertEquals(1, of("tool-b").revision(), "all or nothing");

    Files.writeString(rules.resolve("tool-a.yaml"), theirs);
    assertEquals(0, apply("--yes").code(), "their text was taken over");
  }

  @Test
  void whoever_writes_while_somebody_reads_the_plan_is_not_overwritten() throws Exception {
    assertEquals(0, apply("--yes").code());
    rule("tool-a", "publisher: Example Inc", "publisher: Example Ltd");
    var theirs = content("tool-a") + "# mine\n";
    var slow =
        new PassphraseSource() {
          @Override
          public @Nullable String variable(String name) {
            return null;
          }

          @Override
          public char @Nullable [] ask(String question) {
            return null;
          }

          @Override
          public String answer(String question) {
            drafts.edit(new Person("li.na", Set.of(Role.AUTHOR)), of("tool-a"), theirs);
            return "y";
          }
        };
    var profiles = folder.resolve("config/profiles.json").toString();
    var applied = Typed.knowing(slow, "apply", "-f", rules.toString(), "--profiles", profiles);
    assertEquals(6, applied.code(), applied::err);
    assertTrue(applied.out().contains("Not written: tool-a"), applied.out());
    assertEquals(theirs, content("tool-a"));
  }

  @Test
  void what_is_on_the_server_alone_is_listed_and_stays() throws Exception {
    assertEquals(0, apply("--yes").code());
    Files.delete(rules.resolve("tool-b.yaml"));
    var applied = apply("--yes", "--output", "json");
    assertEquals(List.of("tool-a unchanged", "tool-b elsewhere"), states(applied));
    assertEquals(2, drafts.list(false).size());
  }

  @Test
  void nobody_is_asked_where_nobody_sits() {
    var applied = apply();
    assertEquals(2, applied.code());
    assertTrue(applied.err().contains("--yes"), applied.err());
    assertTrue(drafts.list(true).isEmpty());
  }

  @Test
  void a_token_that_may_not_write_writes_nothing() throws Exception {
    var secret =
        office
            .parts()
            .apiTokens()
            .create("ada", "ada", "reader", Set.of(Role.VIEWER), Scope.WHOLE, Duration.ofDays(1));
    var token = Files.writeString(folder.resolve("reader"), secret);
    assertEquals(
        0, admin("login", "--server", office.address(), "--token-file", token.toString()).code());
    assertEquals(4, apply("--yes").code());
    assertTrue(drafts.list(true).isEmpty());
  }

  @Test
  void beside_the_server_it_works_in_its_folder() throws Exception {
    var dir = folder.resolve("beside").toString();
    SetUp.in(Path.of(dir));
    assertEquals(
        0, Typed.server("account", "create", "anna", "--role", "author", "-d", dir).code());
    var first = Typed.admin("apply", "-f", rules.toString(), "-d", dir, "--yes");
    assertEquals(0, first.code(), first::err);
    var second = Typed.admin("apply", "-f", rules.toString(), "-d", dir, "--yes");
    assertTrue(second.out().contains("Nothing to do."), second.out());
    rule("tool-a", "publisher: Example Inc", "publisher: Example Ltd");
    var third = Typed.admin("apply", "-f", rules.toString(), "-d", dir, "--yes");
    assertEquals(0, third.code(), third::err);
    var list = Typed.admin("draft", "list", "-d", dir);
    assertFalse(list.out().contains("tool-c"), list.out());
  }
}
