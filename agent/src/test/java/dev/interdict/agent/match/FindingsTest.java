package dev.interdict.agent.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.RuleFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Home HOME = new Home("ada", 1000, BytePath.parse("/home/ada"));
  private static final BytePath PLACE = BytePath.parse("/home/ada/.local/share/claude/versions/2");
  private static final FileId FILE = new FileId(1, 5);

  private static List<Finding> find(String rule, List<RunningProcess> running, Item... items) {
    var list = new Blocklist(1, "IT", List.of(RuleFixtures.rule(rule)), List.of());
    return Findings.in(list, new Inventory(List.of(HOME), List.of(items), running, List.of()));
  }

  private static long found(Identity... identities) {
    var items = Stream.of(identities).map(identity -> item(identity, HOME, PLACE)).toList();
    return find(RuleFixtures.CLAUDE_CODE, List.of(), items.toArray(Item[]::new)).stream()
        .filter(finding -> !(finding.item().identity() instanceof Identity.OfProgram))
        .count();
  }

  private static Item item(Identity identity, @Nullable Home owner, BytePath location) {
    return new Item("test", identity, null, owner, location, List.of());
  }

  private static Identity npm(String name) {
    return new Identity.OfPackage(PackageUrl.npm(name));
  }

  @Test
  void a_package_is_found_by_its_name_in_its_own_ecosystem() throws Exception {
    assertEquals(1, found(npm("@anthropic-ai/claude-code")));
    assertEquals(0, found(new Identity.OfPackage(PackageUrl.parse("pkg:pypi/claude-code"))));
  }

  @Test
  void lookalikes_are_not_found() {
    assertEquals(
        0,
        found(
            npm("claude-code"),
            npm("@anthropic-ai/claude-code-router"),
            npm("@anthropic-ai/claude"),
            npm("@someone/claude-code")));
  }

  @Test
  void an_extension_is_found_in_its_host_only() {
    assertEquals(1, found(new Identity.OfExtension("vscode", "anthropic.claude-code")));
    assertEquals(
        0,
        found(
            new Identity.OfExtension("chrome", "anthropic.claude-code"),
            new Identity.OfExtension("vscode", "anthropic.claude-code2"),
            new Identity.OfApplication("vscode", "anthropic.claude-code")));
  }

  @Test
  void a_program_is_found_by_its_place_below_the_home_it_lies_in() {
    var program = new Identity.OfProgram(".local/share/claude/versions");
    assertEquals(1, find(RuleFixtures.CLAUDE_CODE, List.of(), item(program, HOME, PLACE)).size());
    assertEquals(
        List.of(),
        find(
            RuleFixtures.CLAUDE_CODE,
            List.of(),
            item(program, null, PLACE),
            item(program, HOME, BytePath.parse("/home/ada/.local/share/claude2/versions/2"))));
  }

  @Test
  void a_program_whose_digest_was_not_read_is_only_told_of() {
    var digest =
        RuleFixtures.CLAUDE_CODE.replace(
            "versions/*\"", "versions/*\", \"sha256\": [\"" + "a".repeat(64) + "\"]");
    var program = new Identity.OfProgram(".local/share/claude/versions");
    assertEquals(
        List.of(Matcher.Strength.WEAK),
        find(digest, List.of(), item(program, HOME, PLACE)).stream()
            .map(Finding::strength)
            .toList());
  }

  @Test
  void the_approved_replacement_is_spared_though_the_rule_names_it() {
    var greedy =
        RuleFixtures.CLAUDE_CODE.replace(
            "{\"package\": \"pkg:npm/%40anthropic-ai/claude-code\"}",
            "{\"package\": \"pkg:npm/%40qoder-ai/qodercli\"}");
    assertEquals(List.of(), find(greedy, List.of(), item(npm("@qoder-ai/qodercli"), HOME, PLACE)));
  }

  @Test
  void protected_software_is_spared_though_the_rule_names_it() throws Exception {
    var greedy =
        RuleFixtures.CLAUDE_CODE.replace(
            "pkg:npm/%40anthropic-ai/claude-code", "pkg:deb/debian/libc6");
    var libc = new Identity.OfPackage(PackageUrl.parse("pkg:deb/debian/libc6"));
    assertEquals(List.of(), find(greedy, List.of(), item(libc, null, PLACE)));
  }

  @Test
  void running_is_what_executes_one_of_its_files_whatever_it_calls_itself() {
    var folder = BytePath.parse("/home/ada/tools/claude-code");
    var item =
        new Item(
            "npm",
            npm("@anthropic-ai/claude-code"),
            "1",
            HOME,
            folder,
            List.of(
                new Part(Part.Role.MAIN, folder, new FileId(1, 1), FileKind.DIRECTORY),
                new Part(Part.Role.EXECUTABLE, PLACE, FILE, FileKind.REGULAR),
                new Part(
                    Part.Role.LAUNCHER,
                    BytePath.parse("/usr/bin/env"),
                    new FileId(1, 9),
                    FileKind.REGULAR)));
    var elsewhere = BytePath.parse("/usr/bin/x");
    var byFile = process(1, elsewhere, FILE, null);
    var byPlace = process(2, folder.resolve("bin"), new FileId(1, 77), null);
    var byScript = process(3, elsewhere, new FileId(1, 50), folder.resolve("cli.js"));
    var byName = process(4, elsewhere, new FileId(1, 51), null);
    var launcher = process(5, BytePath.parse("/usr/bin/env"), new FileId(1, 9), null);
    var unknown = process(6, null, null, null);
    var all = List.of(byFile, byPlace, byScript, byName, launcher, unknown);
    assertEquals(
        List.of(byFile, byPlace, byScript),
        find(RuleFixtures.CLAUDE_CODE, all, item).getFirst().running());
  }

  private static RunningProcess process(
      long pid, @Nullable BytePath executable, @Nullable FileId id, @Nullable BytePath script) {
    var scripts =
        script == null
            ? List.<RunningProcess.Script>of()
            : List.of(new RunningProcess.Script(script, new FileId(1, 60)));
    return new RunningProcess(pid, 1, 1000, executable, id, scripts, "claude");
  }
}
