package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.match.Finding;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.History;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Residue;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeftoversTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);

  private static final DeviceDate DATE =
      new DeviceDate(
          Scene.EFFECTIVE,
          Scene.EFFECTIVE,
          null,
          Scene.EFFECTIVE,
          DeviceDate.SetBy.EFFECTIVE_DATE,
          Scene.EFFECTIVE);

  private final List<Finding> residue = new ArrayList<>();

  private void residue(Residue kind, String file, boolean withParts) {
    var path = BytePath.parse("/etc/apt/sources.list.d/" + file);
    var part = new Part(Part.Role.MAIN, path, new FileId(1, 1), FileKind.REGULAR);
    var item =
        new Item(
            "residue",
            new Identity.OfResidue(kind, "downloads.claude.ai/x"),
            null,
            null,
            path,
            withParts ? List.of(part) : List.of());
    residue.add(new Finding(RULE, item, Matcher.Strength.RESIDUE, List.of()));
  }

  private static Entry.Acted act(ActionKind kind, @Nullable ErrorClass error) {
    return new Entry.Acted(
        RULE.id(), Scene.EFFECTIVE, kind, "pkg:deb/debian/claude-code@2.1.0?arch=amd64", error);
  }

  private List<String> left(Enforcement enforcement, Entry.Acted... acts) {
    var judged =
        new Judged(
            RULE,
            List.of(),
            residue,
            new Verdict.Due(DATE, enforcement),
            new Sighting(0, false, Set.of()),
            History.NONE,
            List.of());
    return Leftovers.of(judged, enforcement, Arrays.asList(acts)).stream()
        .map(finding -> finding.item().location().nameText())
        .toList();
  }

  @Test
  void the_source_of_a_package_that_is_gone_goes_after_it() {
    residue(Residue.REPOSITORY, "claude-code.list", true);
    residue(Residue.REPOSITORY, "claude.sources", true);
    assertEquals(
        List.of("claude-code.list", "claude.sources"),
        left(Enforcement.REMOVE, act(ActionKind.UNINSTALLED, null)));
  }

  @Test
  void what_an_installer_without_packages_removed_leaves_no_source() {
    residue(Residue.REPOSITORY, "claude-code.list", true);
    var removed =
        new Entry.Acted(
            RULE.id(), Scene.EFFECTIVE, ActionKind.UNINSTALLED, "windows-family:claude", null);
    assertEquals(List.of(), left(Enforcement.REMOVE, removed));
  }

  @Test
  void sources_of_other_packages_shared_files_and_other_remains_stay() {
    residue(Residue.REPOSITORY, "claude-desktop.list", true);
    residue(Residue.REPOSITORY, "claude-c.list", true);
    residue(Residue.REPOSITORY, "claude-code.list", false);
    residue(Residue.SERVICE, "claude-code.service", true);
    assertEquals(List.of(), left(Enforcement.REMOVE, act(ActionKind.UNINSTALLED, null)));
  }

  @Test
  void nothing_goes_where_the_package_stayed_or_not_all_went_well() {
    residue(Residue.REPOSITORY, "claude-code.list", true);
    assertEquals(List.of(), left(Enforcement.REMOVE));
    assertEquals(
        List.of(),
        left(Enforcement.REMOVE, act(ActionKind.REFUSED, ErrorClass.PACKAGE_MANAGER_ERROR)));
    assertEquals(
        List.of(),
        left(
            Enforcement.REMOVE,
            act(ActionKind.UNINSTALLED, null),
            act(ActionKind.REFUSED, ErrorClass.TIMEOUT)));
    assertEquals(List.of(), left(Enforcement.BLOCK, act(ActionKind.UNINSTALLED, null)));
  }
}
