package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A user exchanges the directory that we act on with a link into a stand-in for `/etc`, all the
/// time. Ours may refuse, and must never lose or plant a file there; the usual way must, or the
/// harness proves nothing. T1 to T3. `-Dinterdict.race.rounds=10000` for the long run.
@EnabledOnOs(OS.LINUX)
class SwapRaceIT {
  private static final int ROUNDS = Integer.getInteger("interdict.race.rounds", 200);
  private static final int NAIVE_ROUNDS = 20_000;
  private static final int OTHER_UID = 54321;
  private static final String ARENA = "/home/mallory/arena";

  private final boolean root = Kernel.effectiveUid() == 0;
  private static final Path MEMORY = Path.of("/dev/shm");

  /// Rounds with one quarantine; its journal is read whole at each opening.
  private static final int ROUNDS_TOGETHER = 100;

  private @TempDir Path temporary;
  private Path arenas;
  private Sandbox sandbox;
  private Home home;
  private Process attacker;
  private int round;

  @BeforeEach
  void attack() throws IOException {
    assumeTrue(!root || Files.exists(Path.of("/usr/bin/setpriv")), "needs setpriv when root");
    open(temporary);
    arenas = Files.createTempDirectory(Files.isWritable(MEMORY) ? MEMORY : temporary, "interdict");
    open(arenas);
    sandbox = Sandbox.in(Files.createDirectory(arenas.resolve("root")));
    home = root ? sandbox.user("mallory", OTHER_UID) : sandbox.user("mallory");
    for (var name : List.of("a", "b", "c")) {
      sandbox.write("/etc/" + name, "system " + name);
    }
    arena();
    attacker = start();
  }

  /// The attacker has to reach its home from another uid.
  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(
        directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start() throws IOException {
    var command = new ArrayList<String>();
    if (root) {
      command.addAll(
          List.of(
              "/usr/bin/setpriv",
              "--reuid=" + OTHER_UID,
              "--regid=" + OTHER_UID,
              "--clear-groups"));
    }
    var jna = Files.createDirectory(temporary.resolve("jna"));
    own(jna);
    var classes = weapons();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djna.tmpdir=" + jna,
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classes,
            Attacker.class.getName(),
            sandbox.at(ARENA).toString()));
    var process =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var line = process.inputReader().readLine();
    if (!"ready".equals(line)) {
      process.destroyForcibly();
      assumeTrue(false, "another uid cannot run this JDK or read these classes");
    }
    return process;
  }

  /// The attacker's class and the library it needs, where another uid can read them.
  private String weapons() throws IOException {
    var name = Attacker.class.getName().replace('.', '/') + ".class";
    var file = temporary.resolve("weapons").resolve(name);
    Files.createDirectories(file.getParent());
    var loader = Attacker.class.getClassLoader();
    try (var bytes = loader.getResourceAsStream(name)) {
      Files.copy(bytes, file);
    }
    var library = temporary.resolve("weapons/jna.jar");
    var source = Native.class.getProtectionDomain().getCodeSource().getLocation();
    try (var bytes = source.openStream()) {
      Files.copy(bytes, library);
    }
    return temporary.resolve("weapons") + File.pathSeparator + library;
  }

  private void own(Path file) throws IOException {
    if (root) {
      Files.setAttribute(file, "unix:uid", OTHER_UID, LinkOption.NOFOLLOW_LINKS);
    }
  }

  @AfterEach
  void end() throws InterruptedException, IOException {
    if (attacker != null) {
      attacker.destroyForcibly().waitFor();
    }
    if (arenas != null) {
      CrashTest.delete(arenas);
    }
  }

  /// A fresh directory and a fresh link to exchange with it, put in place of the last ones at once.
  private void arena() throws IOException {
    round++;
    var next = sandbox.at("/home/mallory/next-" + round);
    Files.createDirectories(next.resolve("pkg"));
    for (var name : List.of("a", "b", "c")) {
      own(Files.writeString(next.resolve("pkg").resolve(name), "banned"));
    }
    own(Files.createSymbolicLink(next.resolve("decoy"), sandbox.at("/etc")));
    own(next.resolve("pkg"));
    own(next);
    var arena = sandbox.at(ARENA);
    if (Files.exists(arena)) {
      Files.move(arena, sandbox.at("/home/mallory/old-" + round));
    }
    Files.move(next, arena);
  }

  private boolean damaged() throws IOException {
    try (var all = Files.list(sandbox.at("/etc"))) {
      var names = all.map(file -> file.getFileName().toString()).sorted().toList();
      return !names.equals(List.of("a", "b", "c", "passwd"));
    }
  }

  private void repair() throws IOException {
    for (var name : List.of("a", "b", "c")) {
      sandbox.write("/etc/" + name, "system " + name);
    }
    Files.deleteIfExists(sandbox.at("/etc/planted"));
  }

  /// The part as a scan would have seen it, whichever name it bore at that moment.
  private Part part(String name) throws IOException {
    for (var i = 0; i < 100_000; i++) {
      try {
        var path = ARENA + "/pkg" + name;
        var id = sandbox.id(path);
        var directory = Files.isDirectory(sandbox.at(path), LinkOption.NOFOLLOW_LINKS);
        var owned = !id.equals(system(name));
        if (owned && directory == name.isEmpty() && id.equals(sandbox.id(path))) {
          return new Part(
              Part.Role.MAIN,
              BytePath.parse(path),
              id,
              name.isEmpty() ? FileKind.DIRECTORY : FileKind.REGULAR);
        }
      } catch (java.nio.file.NoSuchFileException _) {
        // Exchanged between two looks.
      }
    }
    throw new AssertionError("the directory was never seen");
  }

  private dev.interdict.agent.inventory.FileId system(String name) throws IOException {
    return sandbox.id("/etc" + name);
  }

  private void quarantined(String name) throws Exception {
    var taken = 0;
    var back = 0;
    for (var i = 0; i < ROUNDS; i += ROUNDS_TOGETHER) {
      try (var bench = Bench.open(sandbox, home, arenas.resolve("quarantine-" + i))) {
        for (var one = i; one < Math.min(ROUNDS, i + ROUNDS_TOGETHER); one++) {
          arena();
          taken += taken(bench, name) ? 1 : 0;
          back += givenBack(bench);
          assertEquals(false, damaged(), "damage in round " + one);
          assertEquals("system a", Files.readString(sandbox.at("/etc/a")));
        }
        bench.hands.purge(Bench.NOW.plus(Bench.RETENTION));
        assertEquals(false, damaged(), "damage by a purge after round " + i);
      }
    }
    System.out.printf(
        "swap race%s: %d rounds, %d taken, %d given back, 0 system files lost or planted%n",
        root ? " by another uid" : "", ROUNDS, taken, back);
    assertTrue(taken > 0, "nothing was ever taken");
    assertTrue(back > 0, "nothing was ever given back");
  }

  private boolean taken(Bench bench, String name) throws IOException {
    RemovalPlan plan = Bench.plan(sandbox, home);
    for (var attempt = 0; attempt < 20; attempt++) {
      if (bench.hands.take(plan, part(name)).equals(new Outcome.Done())) {
        return true;
      }
    }
    return false;
  }

  /// What cannot be given back in twenty tries stays held, and is tried no more.
  private int givenBack(Bench bench) {
    var held = bench.hands.held();
    if (held.isEmpty()) {
      return 0;
    }
    for (var attempt = 0; attempt < 20; attempt++) {
      if (bench.hands.giveBack(held.getLast().id()).equals(new Outcome.Done())) {
        return 1;
      }
    }
    return 0;
  }

  @Test
  void a_directory_exchanged_all_the_time_costs_the_system_nothing() throws Exception {
    quarantined("");
  }

  @Test
  void a_file_below_an_exchanged_directory_costs_the_system_nothing() throws Exception {
    quarantined("/a");
  }

  /// What removes the source after a copy to another file system.
  @Test
  void removing_an_exchanged_directory_costs_the_system_nothing() throws Exception {
    var acts = new Acts(Steps.NONE);
    var removed = 0;
    for (var i = 0; i < ROUNDS; i++) {
      arena();
      var pkg = sandbox.at(ARENA).toString().getBytes(StandardCharsets.UTF_8);
      try (var parent = Kernel.openRoot(pkg)) {
        TreeRemoval.remove(parent, "pkg".getBytes(StandardCharsets.UTF_8), home.uid(), acts);
        removed++;
      } catch (IOException | RefusedException _) {
        // Refused, or undone by the attacker: nothing was lost that is not his.
      }
      assertEquals(false, damaged(), "damage in round " + i);
    }
    System.out.printf("swap race: %d rounds, %d removed, 0 system files lost%n", ROUNDS, removed);
  }

  private interface Naive {
    void act(Path pkg) throws IOException;
  }

  private void loses(String what, Naive naive) throws Exception {
    for (var i = 1; i <= NAIVE_ROUNDS; i++) {
      arena();
      try {
        naive.act(sandbox.at(ARENA).resolve("pkg"));
      } catch (IOException | UncheckedIOException _) {
        // It noticed something; that is luck.
      }
      if (damaged()) {
        System.out.println("swap race: " + what + " by path did damage in round " + i);
        repair();
        return;
      }
    }
    throw new AssertionError("the naive way never lost: the harness does not bite");
  }

  @Test
  void deleting_by_path_loses_system_files() throws Exception {
    loses(
        "deleting",
        pkg -> {
          try (var all = Files.walk(pkg)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(file);
            }
          }
        });
  }

  @Test
  void walking_a_tree_without_following_links_loses_system_files() throws Exception {
    loses(
        "walking without following links and deleting",
        pkg ->
            Files.walkFileTree(
                pkg,
                new SimpleFileVisitor<>() {
                  @Override
                  public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                      throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                  }
                }));
  }

  @Test
  void checking_where_it_leads_and_then_deleting_loses_system_files() throws Exception {
    var mine = sandbox.at("/home/mallory").toRealPath();
    loses(
        "checking and then deleting",
        pkg -> {
          if (!Files.isSymbolicLink(pkg) && pkg.toRealPath().startsWith(mine)) {
            for (var name : List.of("a", "b", "c")) {
              Files.delete(pkg.resolve(name));
            }
          }
        });
  }

  @Test
  void moving_away_by_path_loses_system_files() throws Exception {
    var away = Files.createDirectory(arenas.resolve("away"));
    loses(
        "moving away",
        pkg -> {
          if (Files.isDirectory(pkg, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(pkg.resolve("a"), away.resolve(Integer.toString(round)));
          }
        });
  }

  @Test
  void moving_back_by_path_plants_a_file_in_the_system() throws Exception {
    loses(
        "moving back",
        pkg -> {
          var held = Files.writeString(arenas.resolve("held"), "x");
          if (Files.isDirectory(pkg, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(held, pkg.resolve("planted"));
          }
        });
  }
}
