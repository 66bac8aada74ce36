package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnforcingTest {
  private static final Home ALICE = new Home("alice", 1000, BytePath.parse("/home/alice"));
  private static final BytePath SCOPE =
      BytePath.parse("/home/alice/.npm-global/lib/node_modules/@anthropic-ai");

  private final FakeHands hands = new FakeHands();

  private static Part part(Part.Role role, String path, long inode) {
    return new Part(role, BytePath.parse(path), new FileId(1, inode), FileKind.DIRECTORY);
  }

  private static RemovalPlan plan(@Nullable Home owner, Part... parts) {
    return new RemovalPlan(
        new RuleId("claude-code"),
        "Claude Code",
        new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
        owner,
        List.of(parts),
        List.of(SCOPE),
        List.of(BytePath.parse("/home/alice/.claude"), BytePath.parse("/home/alice/.claude.json")),
        Map.of());
  }

  private Outcome apply(RemovalPlan plan) {
    return Enforcing.apply(plan, hands, Duration.ZERO).overall();
  }

  @Test
  void files_go_before_processes_are_stopped_and_inner_parts_go_with_outer_ones() {
    var main = part(Part.Role.MAIN, SCOPE + "/claude-code", 1);
    var program = part(Part.Role.EXECUTABLE, SCOPE + "/claude-code/cli.js", 2);
    var launcher = part(Part.Role.LAUNCHER, "/home/alice/.npm-global/bin/claude", 3);

    assertEquals(new Outcome.Done(), apply(plan(ALICE, program, main, launcher)));
    assertEquals(
        List.of(
            "take " + main.path(), "take " + launcher.path(), "stop [1, 2, 3]", "empty " + SCOPE),
        hands.done);
  }

  private static RemovalPlan amending(String... files) {
    var amendments = new ArrayList<Amendment>();
    for (var file : files) {
      amendments.add(
          new Amendment(
              BytePath.parse(file),
              new FileId(1, 9),
              "ab".repeat(32),
              List.of(new Amendment.Cut(1, 2, 1, 2))));
    }
    var plain = plan(ALICE, part(Part.Role.MAIN, SCOPE + "/claude-code", 1));
    return new RemovalPlan(
        plain.rule(),
        plain.item(),
        plain.identity(),
        ALICE,
        plain.parts(),
        amendments,
        List.of(),
        plain.keep(),
        Map.of(),
        null);
  }

  @Test
  void lists_are_amended_first_since_what_is_gone_is_read_in_no_list_again() {
    apply(amending("/home/alice/.vscode/extensions/extensions.json"));
    assertEquals(
        List.of(
            "amend /home/alice/.vscode/extensions/extensions.json",
            "take " + SCOPE + "/claude-code",
            "stop [1]"),
        hands.done);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/alice/.bashrc",
        "/home/alice/.ssh/authorized_keys",
        "/home/alice/.ssh/package.json",
        "/home/alice/.claude/package.json",
        "/home/bob/package.json",
        "/etc/package.json",
        "/home/alice/settings.json"
      })
  void nothing_is_cut_out_of_what_is_no_list_or_is_kept(String file) {
    assertInstanceOf(Outcome.Refused.class, apply(amending(file)));
    assertEquals(List.of("take " + SCOPE + "/claude-code", "stop [1]"), hands.done);
  }

  @Test
  void what_brings_it_back_is_taken_first() {
    var main = part(Part.Role.MAIN, SCOPE + "/claude-code", 1);
    var unit = part(Part.Role.PERSISTENCE, "/home/alice/.config/systemd/user/x.service", 3);
    apply(plan(ALICE, main, unit));
    assertEquals(List.of("take " + unit.path(), "take " + main.path()), hands.done.subList(0, 2));
  }

  @Test
  void what_was_refused_is_not_stopped_either() {
    var main = part(Part.Role.MAIN, SCOPE + "/claude-code", 1);
    var launcher = part(Part.Role.LAUNCHER, "/home/alice/.npm-global/bin/claude", 3);
    hands.refuse = main;

    assertInstanceOf(Outcome.Refused.class, apply(plan(ALICE, main, launcher)));
    assertEquals("stop [3]", hands.done.get(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/alice",
        "/home/bob/tool",
        "/home/alice/.ssh/id_ed25519",
        "/home/alice/.local/bin",
        "/home/alice/.config",
        "/home/alice/Documents",
        "/home/alice/.claude",
        "/home/alice/.claude.json",
        "/home/alice/.nvm/versions/node/v22/bin/node"
      })
  void nothing_of_a_home_s_own_is_ever_touched(String path) {
    var inner = part(Part.Role.MAIN, SCOPE + "/claude-code", 1);

    assertInstanceOf(
        Outcome.Refused.class, apply(plan(ALICE, inner, part(Part.Role.MAIN, path, 2))));
    assertEquals(List.of(), hands.done);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr",
        "/etc",
        "/usr/bin",
        "/usr/lib/node_modules",
        "/usr/bin/dpkg",
        "/usr/lib/systemd/systemd",
        "/usr/sbin/sshd",
        "/usr/lib/jvm/java-25/bin/java",
        "/opt/interdict/bin/interdict-agent",
        "/usr/lib/node_modules/npm/bin/npm-cli.js"
      })
  void nothing_of_the_machine_s_own_is_ever_touched(String path) {
    assertInstanceOf(Outcome.Refused.class, apply(plan(null, part(Part.Role.MAIN, path, 2))));
    assertEquals(List.of(), hands.done);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Program Files/Common Files", "/ProgramData/chocolatey/bin"})
  void nothing_that_other_software_shares_on_windows_or_macos_is_touched(String path) {
    assertInstanceOf(Outcome.Refused.class, apply(plan(null, part(Part.Role.MAIN, path, 2))));
    assertEquals(List.of(), hands.done);
  }

  @Test
  void a_banned_package_among_the_machine_s_own_is_taken() {
    var part = part(Part.Role.MAIN, "/usr/lib/node_modules/@anthropic-ai/claude-code", 2);

    assertEquals(new Outcome.Done(), apply(plan(null, part)));
  }
}
