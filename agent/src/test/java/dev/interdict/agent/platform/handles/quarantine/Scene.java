package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.handles.FakeDisk;
import dev.interdict.agent.platform.handles.FakeDisk.Thing;
import dev.interdict.agent.platform.handles.FakePrograms;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Stopping;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A workstation in memory: a system folder, Mallory's home with a package in it, and a quarantine.
final class Scene {
  static final String MALLORY = "501";
  static final Home HOME = new Home("mallory", 501, BytePath.parse("/Users/mallory"));
  static final BytePath PACKAGE = HOME.path().resolve("lib/pkg");
  static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");
  private static final Path VAULT = Path.of("/var/quarantine");

  final FakeDisk disk;
  Optional<String> hindrance = Optional.empty();
  final FakePrograms programs = new FakePrograms();
  final Thing etc;
  final Thing home;
  final Thing lib;
  final Thing pkg;
  private final Path journal;
  private final Random random;

  Scene(boolean windows, Path journal, long seed) {
    this(windows, journal, seed, 1);
  }

  /// @param device of the home's volume; the vault is on volume 1
  Scene(boolean windows, Path journal, long seed, long device) {
    this.disk = new FakeDisk(windows);
    this.journal = journal;
    this.random = new Random(seed);
    this.etc = disk.folder(disk.top, "etc", FakeDisk.SYSTEM);
    for (var name : List.of("a", "b", "c")) {
      disk.file(etc, name, FakeDisk.SYSTEM, "system " + name);
    }
    var users = disk.folder(disk.top, "Users", FakeDisk.SYSTEM);
    var all = device == 1 ? users : disk.mount(disk.top, "Volume", FakeDisk.SYSTEM, device);
    if (all != users) {
      disk.take(disk.top, "Users");
      disk.take(disk.top, "Volume");
      disk.put(disk.top, "Users", all);
    }
    this.home = disk.folder(all, "mallory", MALLORY);
    this.lib = disk.folder(home, "lib", MALLORY);
    this.pkg = disk.folder(lib, "pkg", MALLORY);
    disk.file(pkg, "a", MALLORY, "package a");
    disk.file(pkg, "b", MALLORY, "package b");
    disk.file(disk.folder(pkg, "sub", MALLORY), "c", MALLORY, "package c");
  }

  HandleQuarantine quarantine() throws IOException {
    return quarantine(Steps.NONE);
  }

  HandleQuarantine quarantine(Steps steps) throws IOException {
    return HandleQuarantine.open(
        disk, VAULT, journal, Duration.ofDays(30), () -> NOW, random, steps);
  }

  HandleHands hands(HandleQuarantine quarantine) {
    return new HandleHands(
        quarantine,
        disk.root(Path.of("/")),
        new OfMallory(disk),
        new Stopping(programs),
        () -> hindrance);
  }

  record OfMallory(FakeDisk disk) implements Homes {
    @Override
    public Set<String> owners(Opened root, @Nullable Home home) {
      return home == null ? Set.of(FakeDisk.SYSTEM) : Set.of(String.valueOf(home.uid()));
    }

    @Override
    public Set<String> administrators() {
      return Set.of(FakeDisk.SYSTEM);
    }
  }

  Part part() {
    return part(PACKAGE, pkg);
  }

  static Part part(BytePath path, Thing thing) {
    return new Part(Part.Role.MAIN, path, thing.id, thing.kind);
  }

  static RemovalPlan plan(Part... parts) {
    return plan(List.of(), parts);
  }

  static RemovalPlan plan(List<BytePath> keep, Part... parts) {
    return new RemovalPlan(
        new RuleId("claude-code"),
        "Claude Code",
        new Identity.OfProgram("lib/pkg"),
        HOME,
        List.of(parts),
        List.of(),
        keep,
        Map.of("en", "why"));
  }

  Thing held() {
    return disk.there("/var/quarantine/held");
  }

  Thing work() {
    return disk.there("/var/quarantine/work");
  }

  static HeldId only(HandleHands hands) {
    return hands.held().getFirst().id();
  }

  /// What is in a tree, by name, kind and content.
  static String photograph(@Nullable Thing thing, FakeDisk disk) {
    if (thing == null) {
      return "nothing";
    }
    var out =
        new StringBuilder(
            thing.kind
                + " "
                + thing.owner
                + " "
                + new String(thing.content, StandardCharsets.UTF_8));
    for (var name : disk.names(thing)) {
      out.append(" [").append(name).append(": ");
      out.append(photograph(disk.at(thing, name), disk)).append(']');
    }
    return out.toString();
  }
}
