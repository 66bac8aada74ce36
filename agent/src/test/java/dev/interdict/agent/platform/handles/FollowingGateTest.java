package dev.interdict.agent.platform.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowingGateTest {
  private static final FileId BANNED = new FileId(1, 10);
  private static final FileId LINK = new FileId(1, 12);
  private static final FileId OTHER = new FileId(1, 11);
  private static final RuleId RULE = new RuleId("claude-code");

  private final FakePrograms programs = new FakePrograms();
  private final Semaphore noticed = new Semaphore(0);
  private final FollowingGate gate = new FollowingGate(programs, noticed::release);

  @AfterEach
  void close() {
    gate.close();
  }

  private static RemovalPlan plan() {
    var path = BytePath.parse("/Users/ada/claude");
    return new RemovalPlan(
        RULE,
        "pkg:npm/x",
        new Identity.OfPackage(PackageUrl.npm("x")),
        null,
        List.of(
            new Part(Part.Role.MAIN, path, BANNED, FileKind.REGULAR),
            new Part(Part.Role.LAUNCHER, path.parent().resolve("c"), LINK, FileKind.REGULAR)),
        List.of(),
        List.of(),
        Map.of());
  }

  @Test
  void what_starts_is_ended_and_told_and_its_like_lives() throws Exception {
    assertEquals(Gate.State.OPEN, gate.state());
    gate.bar(List.of(plan()));
    assertEquals(Gate.State.FOLLOWING, gate.state());
    var other = programs.start(8, 1, OTHER, "/Users/ada/claude");
    var launcher = programs.start(9, 1, LINK, "/Users/ada/c");
    var banned = programs.start(7, 1, BANNED, "/Users/ada/claude");
    noticed.acquire();
    assertEquals(List.of(new Gate.Tried(RULE, "pkg:npm/x", 0, 1)), gate.tried());
    assertEquals(List.of(), gate.tried());
    assertEquals(Set.of(banned), programs.ended);
    assertEquals(Set.of(8L, 9L), programs.pids());
    assertTrue(programs.table.values().containsAll(List.of(other, launcher)));
  }

  @Test
  void what_the_machine_needs_or_protects_is_left_alone() throws Exception {
    programs.needed.add(BANNED);
    gate.bar(List.of(plan()));
    assertEquals(Gate.State.OPEN, gate.state());
    programs.needed.clear();
    programs.start(4, 1, BANNED, "/Users/ada/claude");
    programs.denied.add(4L);
    gate.bar(List.of(plan()));
    var banned = programs.start(7, 1, BANNED, "/Users/ada/claude");
    while (programs.table.containsKey(banned.pid())) {
      Thread.sleep(20);
    }
    assertTrue(programs.table.containsKey(4L));
  }

  @Test
  void nothing_is_ended_once_the_rule_s_turn_is_over() throws Exception {
    gate.bar(List.of(plan()));
    gate.bar(List.of());
    assertEquals(Gate.State.OPEN, gate.state());
    programs.start(7, 1, BANNED, "/Users/ada/claude");
    Thread.sleep(1000);
    assertEquals(Set.of(), programs.ended);
  }
}
