package dev.interdict.agent.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher.Strength;
import dev.interdict.policy.Residue;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The ways in which a naive rule goes wrong, as far as matching decides them. The others belong to
/// what reads the disk:
///
/// - 3 and 4, as files: `NpmSourceTest`, `KernelProcessesTest`;
/// - 5, each carrier on disk: the test of its source (`VsCodeSourceTest`, `ProgramSourceTest` …);
/// - 7, links and hard links: `CopiesTest`, `NpmSourceTest`;
/// - 12, homes that cannot be opened: `LinuxScanTest`, `LinuxMachineTest`;
/// - 13, the version from the record: the test of each source;
/// - 19, nothing that is found is started: `ArchitectureTest`.
///
/// The catalogue's own rules are held against lookalikes where they live, in the server's
/// `FalseHitsTest`.
class TrapsTest {
  private static final Home ADA = new Home("ada", 1000, BytePath.parse("/home/ada"));
  private static final Home BOB = new Home("bob", 1001, BytePath.parse("/home/bob"));

  private static final Rule CLAUDE =
      RuleFixtures.rule(
          RuleFixtures.CLAUDE_CODE.replace(
              "{\"process\"",
              """
              {"package": "pkg:npm/%40anthropic-ai/claude-code-linux-x64"},
              {"package": "pkg:brew/claude-code"},
              {"program": {"home": ".config/Claude/claude-code/**"}},
              {"program": {"home": ".claude/remote/ccd-cli/*"}},
              {"residue": {"data": ".claude"}},
              {"residue": {"service": "com.anthropic.claude-daemon.service"}},
              {"residue": {"repository": "downloads.claude.ai/**"}},
              {"process"\
              """));
  private static final Rule LIBRARY =
      RuleFixtures.rule(
          RuleFixtures.CLAUDE_CODE
              .replace("\"id\": \"claude-code\"", "\"id\": \"api-client\"")
              .replace("{\"package\": \"pkg:npm/%40anthropic-ai/claude-code\"},", "")
              .replace("{\"extension\": {\"vscode\": \"Anthropic.claude-code\"}},", "")
              .replace(
                  "{\"program\": {\"home\": \".local/share/claude/versions/*\"}}",
                  "{\"package\": \"pkg:npm/%40anthropic-ai/sdk\"}")
              .replace("\"remove\"", "\"notify\""));
  private static final Rule MODELS =
      RuleFixtures.rule(
          RuleFixtures.CLAUDE_CODE
              .replace("\"id\": \"claude-code\"", "\"id\": \"models\"")
              .replace(
                  "{\"program\": {\"home\": \".local/share/claude/versions/*\"}}",
                  "{\"model-use\": {\"models\": [\"claude-opus-*\", \"claude-fable-*\"]}},"
                      + "{\"model-use\": {\"models\": [\"opus\"], \"tools\": [\"claude-code\"]}}")
              .replace("{\"package\": \"pkg:npm/%40anthropic-ai/claude-code\"},", "")
              .replace("{\"extension\": {\"vscode\": \"Anthropic.claude-code\"}},", "")
              .replace("\"remove\"", "\"notify\""));

  private long inode;

  private List<Finding> find(List<RunningProcess> running, Item... items) {
    var list = new Blocklist(1, "IT", List.of(CLAUDE, LIBRARY, MODELS), List.of());
    return Findings.in(list, new Inventory(List.of(ADA, BOB), List.of(items), running, List.of()));
  }

  private List<Finding> find(Identity... identities) {
    return find(
        List.of(), Stream.of(identities).map(one -> item(one, ADA, "stuff")).toArray(Item[]::new));
  }

  private Item item(Identity identity, Home home, String place, String... programs) {
    var path = home.path().resolve(place);
    var parts =
        Stream.concat(
                Stream.of(new Part(Part.Role.MAIN, path, fresh(), FileKind.DIRECTORY)),
                Stream.of(programs)
                    .map(name ->
                        new Part(
                            Part.Role.EXECUTABLE, path.resolve(name), fresh(), FileKind.REGULAR)))
            .toList();
    return new Item("test", identity, null, home, path, parts);
  }

  private FileId fresh() {
    return new FileId(1, ++inode);
  }

  private static Identity npm(String name) {
    return new Identity.OfPackage(PackageUrl.npm(name));
  }

  private static Identity program(String place) {
    return new Identity.OfProgram(place);
  }

  private static RunningProcess process(String path, FileId id, @Nullable BytePath script) {
    var scripts =
        script == null
            ? List.<RunningProcess.Script>of()
            : List.of(new RunningProcess.Script(script, new FileId(2, 1)));
    return new RunningProcess(7, 1, 1000, BytePath.parse(path), id, scripts, "claude");
  }

  @Test
  void trap_1_others_have_claude_in_their_name() {
    assertEquals(
        List.of(),
        find(
            npm("claude-cmd"),
            npm("claude-color"),
            npm("claude-code-router"),
            npm("claude-code-proxy"),
            npm("claude-code"),
            new Identity.OfExtension("vscode", "saoudrizwan.claude-dev")));
  }

  @Test
  void trap_2_a_process_may_call_itself_anything() {
    assertEquals(
        List.of(),
        find(
            List.of(
                process("/home/ada/bin/claude", fresh(), null),
                process("/usr/bin/bash", fresh(), BytePath.parse("/home/ada/bin/claude")))));
  }

  @Test
  void trap_3_only_the_script_itself_says_what_an_interpreter_runs() {
    var node = fresh();
    var claude = item(npm("@anthropic-ai/claude-code"), ADA, "lib/claude-code", "cli.js");
    var script = claude.location().resolve("cli.js");
    var renamed = process("/usr/bin/node", node, null);
    var known = process("/usr/bin/node", node, script);
    assertEquals(List.of(), find(List.of(renamed)));
    assertEquals(List.of(known), find(List.of(renamed, known), claude).getFirst().running());
  }

  @Test
  void trap_4_a_program_called_exe_is_what_its_package_is() {
    var claude = item(npm("@anthropic-ai/claude-code"), ADA, "lib/claude-code", "bin/claude.exe");
    var other = item(npm("other"), ADA, "lib/other", "bin/claude.exe");
    assertEquals(
        List.of(claude), find(List.of(), claude, other).stream().map(Finding::item).toList());
  }

  @Test
  void trap_5_each_carrier_is_found_alone() {
    for (var alone :
        List.of(
            item(new Identity.OfExtension("vscode", "anthropic.claude-code"), ADA, ".vscode/x"),
            item(npm("@anthropic-ai/claude-code-linux-x64"), ADA, "lib/x", "claude"),
            item(program("d"), ADA, ".config/Claude/claude-code/2.1.3", "claude"),
            item(program("r"), ADA, ".claude/remote/ccd-cli/2.1.3"))) {
      assertEquals(1, find(List.of(), alone).size(), alone.toString());
    }
  }

  @Test
  void traps_6_and_14_each_installation_is_a_finding_of_its_own() {
    var found =
        find(
            List.of(),
            item(npm("@anthropic-ai/claude-code"), ADA, ".nvm/versions/node/v20/lib/x"),
            item(npm("@anthropic-ai/claude-code"), ADA, ".nvm/versions/node/v22/lib/x"),
            item(new Identity.OfPackage(PackageUrl.of("brew", "", "claude-code")), ADA, "brew"),
            item(new Identity.OfExtension("vscode", "anthropic.claude-code"), ADA, ".vscode/x"),
            item(program("n"), ADA, ".local/share/claude/versions/2.1.3"));
    assertEquals(5, found.size());
    assertEquals(5, found.stream().map(finding -> finding.item().location()).distinct().count());
  }

  @Test
  void trap_7_a_file_with_two_names_belongs_to_both_packages_and_runs_once_in_each() {
    var shared = fresh();
    var wrapper = linked("@anthropic-ai/claude-code", "lib/wrapper", shared);
    var platform = linked("@anthropic-ai/claude-code-linux-x64", "lib/platform", shared);
    var running = process("/home/ada/lib/platform/claude", shared, null);
    var found = find(List.of(running), wrapper, platform);
    assertEquals(List.of(wrapper, platform), found.stream().map(Finding::item).toList());
    found.forEach(finding -> assertEquals(List.of(running), finding.running()));
  }

  private Item linked(String name, String place, FileId program) {
    var whole = item(npm(name), ADA, place);
    return whole.withParts(
        List.of(
            whole.parts().getFirst(),
            new Part(
                Part.Role.EXECUTABLE,
                whole.location().resolve("claude"),
                program,
                FileKind.REGULAR)));
  }

  @Test
  void traps_8_and_9_data_alone_is_residue_which_nothing_is_done_about() {
    var found = find(new Identity.OfResidue(Residue.DATA, ".claude"));
    assertEquals(List.of(Strength.RESIDUE), found.stream().map(Finding::strength).toList());
    assertTrue(found.getFirst().residue());
    assertTrue(CLAUDE.keep().contains(".claude"));
  }

  @Test
  void traps_10_and_11_a_model_is_named_by_a_known_key_of_a_known_tool() {
    assertEquals(
        List.of(),
        find(
            new Identity.OfVariable("ANTHROPIC_BASE_URL"),
            new Identity.OfModel("ffmpeg", "opus"),
            new Identity.OfModel("aider", "opus"),
            new Identity.OfModel("aider", "fable"),
            new Identity.OfModel("claude-code", "deepseek-chat")));
    assertEquals(
        List.of(Strength.WEAK, Strength.WEAK),
        find(
                new Identity.OfModel("aider", "claude-opus-4-5"),
                new Identity.OfModel("claude-code", "opus"))
            .stream()
            .map(Finding::strength)
            .toList());
  }

  @Test
  void trap_12_every_home_counts() {
    var found =
        find(
            List.of(),
            item(npm("@anthropic-ai/claude-code"), ADA, "lib/x"),
            item(program("n"), BOB, ".local/share/claude/versions/2.1.3"));
    assertEquals(List.of(ADA, BOB), found.stream().map(finding -> finding.item().owner()).toList());
  }

  @Test
  void trap_13_a_version_that_nothing_states_is_told_and_not_taken_for_the_range() {
    var ranged =
        RuleFixtures.rule(
            RuleFixtures.CLAUDE_CODE.replace(
                "claude-code\"},\n    {\"ext",
                "claude-code\", \"versions\": \"vers:npm/>=2.1.91|<2.1.198\"},\n    {\"ext"));
    var list = new Blocklist(1, "IT", List.of(ranged), List.of());
    var item = item(npm("@anthropic-ai/claude-code"), ADA, "anthropic.claude-code-2.1.100");
    var inventory = new Inventory(List.of(ADA), List.of(item), List.of(), List.of());
    assertEquals(Strength.WEAK, Findings.in(list, inventory).getFirst().strength());
  }

  @Test
  void trap_15_case_counts_where_the_disk_keeps_it_apart() {
    assertEquals(
        List.of(),
        find(
            List.of(),
            item(program("d"), ADA, ".config/claude/claude-code/2.1.3"),
            item(program("n"), ADA, ".local/share/Claude/versions/2.1.3")));
    assertEquals(1, find(new Identity.OfExtension("vscode", "Anthropic.Claude-Code")).size());
  }

  @Test
  void trap_16_a_library_is_another_rules_matter() {
    var found = find(npm("@anthropic-ai/sdk"), npm("@anthropic-ai/claude-code"));
    assertEquals(List.of(CLAUDE, LIBRARY), found.stream().map(Finding::rule).toList());
    assertEquals(
        List.of(Enforcement.REMOVE, Enforcement.NOTIFY),
        found.stream().map(finding -> finding.rule().enforcement()).toList());
  }

  @Test
  void traps_17_and_18_what_would_bring_it_back_is_told_though_the_package_is_gone() {
    var found =
        find(
            new Identity.OfResidue(Residue.SERVICE, "com.anthropic.claude-daemon.service"),
            new Identity.OfResidue(Residue.REPOSITORY, "downloads.claude.ai/claude-code/apt"),
            new Identity.OfResidue(Residue.SERVICE, "claude.service"),
            new Identity.OfResidue(Residue.REPOSITORY, "example.com/downloads.claude.ai"));
    assertEquals(2, found.size());
    assertTrue(found.stream().allMatch(Finding::residue));
  }
}
