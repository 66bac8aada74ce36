package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.service.Pulse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// T97: every file of a real state folder, damaged in every way. The guard is put together from it
/// as it is at each start ([Wiring]), or says in one line what it cannot do without; what is in
/// quarantine stays, and so does everything in the homes.
@EnabledOnOs(OS.LINUX)
class DamagedStateTest {
  /// Without these there is no device, no trust, or no journal to act by.
  private static final Set<String> NEEDED =
      Set.of(
          "enrolment.json",
          "device.key",
          "device-keys.json",
          // A flipped bit may make a newer agent's of it.
          "state-version",
          "trust/initial-root.json",
          "quarantine/journal");

  private @TempDir Path folder;
  private Path state;
  private Sandbox sandbox;
  private final Map<String, byte[]> kept = new TreeMap<>();

  enum Damage {
    BIT_FLIP,
    TRUNCATED,
    ZEROS,
    EMPTY,
    DIRECTORY,
    LINK;

    void to(Path file, Random random) throws IOException {
      var bytes = Files.readAllBytes(file);
      switch (this) {
        case BIT_FLIP -> {
          if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          }
          Files.write(file, bytes);
        }
        case TRUNCATED -> Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        case ZEROS -> Files.write(file, new byte[bytes.length]);
        case EMPTY -> Files.write(file, new byte[0]);
        case DIRECTORY -> {
          Files.delete(file);
          Files.writeString(Files.createDirectory(file).resolve("x"), "x");
        }
        case LINK -> {
          Files.delete(file);
          Files.createSymbolicLink(file, Path.of("/etc/hostname"));
        }
      }
    }
  }

  @BeforeEach
  void a_guard_has_run() throws Exception {
    var scene = new Scene(Files.createDirectory(folder.resolve("run")));
    scene.publish(RuleFixtures.CLAUDE_CODE);
    scene.install(1);
    scene.runAt(Scene.START);
    scene.runUpTo(Scene.EFFECTIVE);
    scene.enrolment.save(scene.state);
    scene.carrier.reachable = false;
    scene.runAt(Scene.EFFECTIVE.plus(Duration.ofHours(1)));
    state = scene.state.path();
    scene.close();
    Files.writeString(state.resolve("scan-memory"), "not a memory");
    sandbox = Sandbox.in(Files.createDirectory(folder.resolve("root")));
    taken(scene.state);
    keep();
  }

  /// One thing lies in quarantine.
  private void taken(StateDirectory of) throws IOException {
    var home = sandbox.user("alice");
    sandbox.write("/home/alice/tool/package.json", "{}");
    sandbox.write("/home/alice/work", "somebody's work");
    var path = "/home/alice/tool";
    var part = new Part(Part.Role.MAIN, BytePath.parse(path), sandbox.id(path), FileKind.DIRECTORY);
    var plan =
        new RemovalPlan(
            Scene.RULE,
            "Claude Code",
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            home,
            List.of(part),
            List.of(),
            List.of(),
            Map.of());
    try (var processes = new LinuxProcesses();
        var quarantine =
            Quarantine.open(
                of.quarantine(), Duration.ofDays(30), () -> Instant.now(), new Random(1))) {
      var bench = new LinuxBench(sandbox.root(), quarantine, processes);
      assertEquals(new Outcome.Done(), bench.at(hands -> hands.take(plan, part)));
    }
  }

  private static Map<String, String> below(Path top) throws IOException {
    var all = new TreeMap<String, String>();
    try (var walk = Files.walk(top)) {
      for (var file : walk.toList()) {
        all.put(
            top.relativize(file).toString(),
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "");
      }
    }
    return all;
  }

  private List<String> files() {
    return kept.keySet().stream().filter(name -> !name.startsWith("stage/")).toList();
  }

  /// The folder as the guard left it. What is held stays where it is, since the journal knows it by
  /// its inode.
  private void restored() throws IOException {
    try (var walk = Files.walk(state)) {
      for (var file : walk.sorted(Comparator.reverseOrder()).toList()) {
        if (!isHeld(file) && !state.resolve("quarantine/held").startsWith(file)) {
          Files.delete(file);
        }
      }
    }
    var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    for (var entry : kept.entrySet()) {
      var file = state.resolve(entry.getKey());
      Files.createDirectories(Objects.requireNonNull(file.getParent()), own);
      Files.write(file, entry.getValue());
    }
  }

  private boolean isHeld(Path file) {
    return file.startsWith(state.resolve("quarantine/held"));
  }

  private void keep() throws IOException {
    try (var walk = Files.walk(state)) {
      for (var file : walk.filter(Files::isRegularFile).toList()) {
        if (!isHeld(file)) {
          kept.put(state.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
  }

  /// @return what it says where it cannot start, else null
  private @org.jspecify.annotations.Nullable String start(Path at) {
    var options =
        GuardOptions.parse(
            List.of("--root", sandbox.root().toString(), "--state", at.toString(), "--no-desktop"),
            at);
    try (var _ = Wiring.of(options, StateDirectory.open(at), new Pulse(System::nanoTime))) {
      return null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_guard_starts_or_says_what_it_cannot_do_without(Damage damage) throws Exception {
    var random = new Random(97);
    var homes = below(sandbox.at("/home"));
    assertEquals(null, start(state));
    for (var name : files()) {
      for (var i = 0; i < (damage == Damage.BIT_FLIP ? 3 : 1); i++) {
        restored();
        var held = below(state.resolve("quarantine/held"));
        damage.to(state.resolve(name), random);
        var what = name + " " + damage;

        var said = start(state);
        if (said != null) {
          assertTrue(NEEDED.contains(name), () -> what + ": " + said);
          assertFalse(said.contains("\n"), said);
          assertTrue(
              said.contains("enrol this device anew")
                  || said.contains("journal")
                  || said.contains("install the newer one again"),
              said);
          assertEquals(said, start(state), () -> what + ", the second time");
        }
        assertEquals(held, below(state.resolve("quarantine/held")), what);
        assertEquals(homes, below(sandbox.at("/home")), what);
      }
    }
  }

  /// What was signed is fetched again at the next exchange.
  @ParameterizedTest
  @EnumSource
  void what_is_damaged_of_the_trust_store_is_fetched_again(Damage damage) throws Exception {
    var random = new Random(97);
    var run = Files.createDirectory(folder.resolve("again"));
    try (var scene = new Scene(run)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.runAt(Scene.START);
      List<Path> signed;
      try (var walk = Files.walk(scene.state.trust())) {
        signed =
            walk.filter(Files::isRegularFile)
                .filter(file -> !file.endsWith("initial-root.json"))
                .toList();
      }
      assertTrue(signed.size() > 3);
      for (var file : signed) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          damage.to(file, random);
        }
        dev.interdict.agent.state.Obstacles.clear(scene.state);
        scene.restart();
        scene.guard.runOnce();
        var rules = scene.policies.current(scene.clock.now()).blocklist().rules();
        assertEquals(1, rules.size(), file + " " + damage);
      }
    }
  }
}
