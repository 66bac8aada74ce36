package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.Stopping;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A sandbox machine, a quarantine and the hands between them.
final class Bench implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");
  static final Duration RETENTION = Duration.ofDays(30);

  final Sandbox sandbox;
  final Home home;
  final Quarantine quarantine;
  final LinuxMachine machine;
  final LinuxProcesses processes;
  final LinuxHands hands;

  private Bench(Sandbox sandbox, Home home, Path state, Acts acts) throws IOException {
    this.sandbox = sandbox;
    this.home = home;
    this.quarantine =
        Quarantine.open(state, RETENTION, InstantSource.fixed(NOW), new Random(), acts);
    try {
      this.machine = sandbox.machine();
      this.processes = new LinuxProcesses();
      this.hands = new LinuxHands(quarantine, machine, new Stopping(processes));
    } catch (IOException | RuntimeException | Error e) {
      quarantine.close();
      throw e;
    }
  }

  /// Opens everything, which finishes what was interrupted.
  static Bench open(Sandbox sandbox, Home home, Path state, Acts acts) throws IOException {
    return new Bench(sandbox, home, state, acts);
  }

  static Bench open(Sandbox sandbox, Home home, Path state, Steps steps) throws IOException {
    return open(sandbox, home, state, new Acts(steps));
  }

  static Bench open(Sandbox sandbox, Home home, Path state) throws IOException {
    return open(sandbox, home, state, Steps.NONE);
  }

  /// A plan for the files and directories at these paths as they are now.
  RemovalPlan plan(String... paths) throws IOException {
    return plan(sandbox, home, paths);
  }

  static RemovalPlan plan(Sandbox sandbox, @Nullable Home home, String... paths)
      throws IOException {
    var parts = new java.util.ArrayList<Part>();
    for (var path : paths) {
      parts.add(part(sandbox, path));
    }
    return new RemovalPlan(
        new RuleId("claude-code"),
        "Claude Code",
        new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
        home,
        parts,
        List.of(),
        List.of(),
        Map.of("en", "high risk"));
  }

  static Part part(Sandbox sandbox, String path) throws IOException {
    return new Part(Part.Role.MAIN, BytePath.parse(path), sandbox.id(path), kind(sandbox.at(path)));
  }

  private static FileKind kind(Path file) {
    if (Files.isSymbolicLink(file)) {
      return FileKind.LINK;
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return FileKind.DIRECTORY;
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? FileKind.REGULAR
        : FileKind.SPECIAL;
  }

  Outcome take(RemovalPlan plan) {
    return hands.take(plan, plan.parts().getFirst());
  }

  Outcome take(String path) throws IOException {
    return take(plan(path));
  }

  /// The id of the only thing held.
  HeldId only() {
    var held = hands.held();
    if (held.size() != 1) {
      throw new AssertionError("held: " + held);
    }
    return held.getFirst().id();
  }

  @Override
  public void close() {
    machine.close();
    processes.close();
    quarantine.close();
  }
}
