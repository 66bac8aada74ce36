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
import dev.interdict.agent.scan.InventoryJson;
import dev.interdict.evidence.InventoryDocument;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Matcher.Strength;
import dev.interdict.policy.Residue;
import dev.interdict.policy.RuleFixtures;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Several pieces of evidence of one installation.
class EvidenceOfItemsTest {
  private static final Home HOME = new Home("ada", 1000, BytePath.parse("/home/ada"));
  private static final BytePath PACKAGE = BytePath.parse("/home/ada/lib/other");
  private static final String DIGEST = "ab".repeat(32);
  private static final String BY_DIGEST =
      RuleFixtures.CLAUDE_CODE.replace(
          "{\"program\": {\"home\": \".local/share/claude/versions/*\"}}",
          "{\"program\": {\"sha256\": [\"" + DIGEST + "\"]}}");

  private static List<Finding> find(String rule, List<RunningProcess> running, Item... items) {
    var list = new Blocklist(1, "IT", List.of(RuleFixtures.rule(rule)), List.of());
    return Findings.in(list, new Inventory(List.of(HOME), List.of(items), running, List.of()));
  }

  /// A package with two programs of its own.
  private static Item other(@Nullable String first, @Nullable String second) {
    return item(new Identity.OfPackage(PackageUrl.npm("other")), PACKAGE, first, second);
  }

  private static Item item(
      Identity identity, BytePath place, @Nullable String first, @Nullable String second) {
    return new Item(
        "npm",
        identity,
        "1.0.0",
        HOME,
        place,
        List.of(
            new Part(Part.Role.MAIN, place, new FileId(1, 1), FileKind.DIRECTORY),
            program(place.resolve("bin/a"), 2, first),
            program(place.resolve("bin/b"), 3, second)));
  }

  private static Part program(BytePath path, long inode, @Nullable String digest) {
    return new Part(Part.Role.EXECUTABLE, path, new FileId(1, inode), FileKind.REGULAR, digest);
  }

  private static RunningProcess process(
      String path, long inode, @Nullable String digest, boolean gone) {
    return new RunningProcess(
        9, 1, 1000, BytePath.parse(path), new FileId(1, inode), List.of(), "claude", digest, gone);
  }

  @Test
  void a_digest_that_nobody_has_read_finds_nothing() {
    assertEquals(
        List.of(),
        find(BY_DIGEST, List.of(process("/usr/bin/vim", 77, null, false)), other(null, null)));
  }

  @Test
  void a_program_inside_a_package_that_is_not_meant_is_all_that_is_taken() {
    var found = find(BY_DIGEST, List.of(), other("00".repeat(32), DIGEST));
    assertEquals(List.of(Strength.STRONG), found.stream().map(Finding::strength).toList());
    var item = found.getFirst().item();
    assertEquals("other", ((Identity.OfPackage) item.identity()).purl().name());
    assertEquals(
        List.of(
            new Part(
                Part.Role.MAIN,
                PACKAGE.resolve("bin/b"),
                new FileId(1, 3),
                FileKind.REGULAR,
                DIGEST)),
        item.parts());
  }

  @Test
  void a_package_that_is_meant_goes_whole_and_counts_once() {
    var claude =
        item(
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            PACKAGE,
            DIGEST,
            DIGEST);
    var found = find(BY_DIGEST, List.of(), claude);
    assertEquals(1, found.size());
    assertEquals(claude, found.getFirst().item());
  }

  @Test
  void the_replacement_is_spared_though_it_brings_the_banned_program_along() {
    var qoder =
        item(new Identity.OfPackage(PackageUrl.npm("@qoder-ai/qodercli")), PACKAGE, DIGEST, DIGEST);
    assertEquals(List.of(), find(BY_DIGEST, List.of(), qoder));
  }

  @Test
  void a_program_that_runs_from_no_known_installation_is_found_by_its_content_or_place() {
    var byContent = process("/home/ada/x/renamed", 50, DIGEST, false);
    var byPlace = process("/home/ada/.local/share/claude/versions/2", 51, null, false);
    var byName = process("/home/ada/x/claude", 52, null, false);
    for (var rule : List.of(BY_DIGEST, RuleFixtures.CLAUDE_CODE)) {
      var found = find(rule, List.of(byContent, byContent, byPlace, byName));
      assertEquals(1, found.size());
      var item = found.getFirst().item();
      assertEquals("process", item.source());
      assertEquals(HOME, item.owner());
      assertEquals(Strength.STRONG, found.getFirst().strength());
      assertEquals(Part.Role.MAIN, item.parts().getFirst().role());
      assertEquals(item.location(), found.getFirst().running().getFirst().executable());
    }
  }

  @Test
  void a_running_program_whose_file_is_gone_or_may_be_a_package_managers_is_only_told() {
    for (var doubtful :
        List.of(
            process("/home/ada/x/renamed", 50, DIGEST, true),
            process("/opt/x/renamed", 50, DIGEST, false))) {
      var found = find(BY_DIGEST, List.of(doubtful));
      assertEquals(List.of(Strength.WEAK), found.stream().map(Finding::strength).toList());
      assertEquals(true, found.getFirst().onlyRunning());
    }
  }

  @Test
  void a_process_of_an_installation_that_was_found_is_no_second_one() {
    var claude =
        item(
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            PACKAGE,
            null,
            null);
    var deep = process("/home/ada/lib/other/far/down", 60, DIGEST, false);
    var found = find(BY_DIGEST, List.of(deep), claude);
    assertEquals(1, found.size());
    assertEquals(List.of(deep), found.getFirst().running());
  }

  @Test
  void an_author_is_told_the_same_from_the_document_as_the_device_decides() throws Exception {
    var items =
        List.of(
            other(DIGEST, null),
            new Item(
                "program",
                new Identity.OfProgram("x"),
                "2",
                HOME,
                HOME.path().resolve("x/2"),
                List.of(
                    new Part(
                        Part.Role.MAIN,
                        HOME.path().resolve("x/2"),
                        new FileId(1, 8),
                        FileKind.REGULAR,
                        DIGEST))),
            plain(new Identity.OfExtension("vscode", "a.b")),
            plain(new Identity.OfApplication("macos", "a.b")),
            plain(new Identity.OfModel("aider", "m")),
            plain(new Identity.OfVariable("KEY")),
            plain(new Identity.OfContainer("ghcr.io/a/b")),
            plain(new Identity.OfResidue(Residue.NATIVE_MESSAGING, "a")));
    var inventory = new Inventory(List.of(HOME), items, List.of(), List.of());
    assertEquals(
        Findings.evidence(inventory), InventoryDocument.read(InventoryJson.write(inventory)));
  }

  private static Item plain(Identity identity) {
    return new Item("s", identity, null, null, BytePath.parse("/etc/x"), List.of());
  }
}
