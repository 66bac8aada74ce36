package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/// What preventing launches costs programs that are not banned, how soon one that is banned gets
/// its refusal, and how soon a re-installation is noticed. Needs root, in a mount namespace of its
/// own:
///
/// ```
/// unshare -m java -cp ... dev.interdict.agent.platform.linux.watch.GateBenchmark [starts]
/// ```
///
/// Only the ratios of one run carry over to another machine; see `agent/docs/gate-benchmark.md`.
public final class GateBenchmark {
  private static final int ROUNDS = 6;

  private final Path folder;
  private final Path home;
  private final int starts;
  private final Map<String, long[]> figures = new LinkedHashMap<>();

  private GateBenchmark(Path folder, int starts) throws IOException {
    this.folder = folder;
    this.starts = starts;
    this.home = Files.createDirectories(folder.resolve("root/home/ada/tool")).getParent();
    Files.createDirectories(folder.resolve("root/etc"));
    Files.writeString(folder.resolve("root/etc/passwd"), "ada:x:0:0::/home/ada:/bin/sh\n");
    program(home.resolve("tool/banned"));
    program(folder.resolve("other"));
  }

  private static void program(Path copy) throws IOException {
    Files.copy(Path.of("/bin/true").toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
    if (!copy.toFile().setExecutable(true)) {
      throw new IOException("cannot make it executable: " + copy);
    }
  }

  /// Runs everything and prints it.
  public static void main(String[] arguments) throws Exception {
    var starts = arguments.length == 0 ? 400 : Integer.parseInt(arguments[0]);
    run("mount", "--make-rprivate", "/");
    var folder = Files.createTempDirectory("gate-bench");
    try {
      new GateBenchmark(folder, starts).run();
    } finally {
      run("rm", "-r", folder.toString());
    }
  }

  private static void run(String... line) throws IOException, InterruptedException {
    if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + List.of(line));
    }
  }

  private void run() throws Exception {
    try (var processes = new LinuxProcesses()) {
      var gate = new LinuxGate(folder.resolve("root"), processes, () -> {});
      for (var round = 0; round < ROUNDS; round++) {
        spawns("start, nothing watched");
        gate.bar(List.of(plan()));
        spawns("start, gate closed");
        take("refused by the gate", () -> Spawn.denied(banned()));
        gate.bar(List.of());
      }
      gate.close();
      noticed(processes);
    }
    if (Files.exists(Path.of("/usr/sbin/fapolicyd"))) {
      try (var daemon = new Fapolicyd(folder, Path.of(banned()))) {
        for (var round = 0; round < ROUNDS; round++) {
          spawns("start, fapolicyd");
          take("refused by fapolicyd", () -> Spawn.denied(banned()));
        }
        Objects.requireNonNull(daemon);
      }
      for (var round = 0; round < ROUNDS; round++) {
        spawns("start, nothing watched, afterwards");
      }
    }
    print();
  }

  private String banned() {
    return home.resolve("tool/banned").toString();
  }

  private void spawns(String name) {
    take(name, () -> Spawn.run(folder.resolve("other").toString()));
  }

  private void take(String name, LongSupplier once) {
    var some = new long[starts];
    for (var i = 0; i < starts / 10; i++) {
      once.getAsLong();
    }
    for (var i = 0; i < starts; i++) {
      some[i] = once.getAsLong();
    }
    figures.merge(name, some, GateBenchmark::joined);
  }

  private static long[] joined(long[] one, long[] other) {
    var all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private RemovalPlan plan() throws IOException {
    return new RemovalPlan(
        new RuleId("tool"),
        "tool",
        new Identity.OfPackage(PackageUrl.npm("tool")),
        owner(),
        List.of(
            part("tool", Part.Role.MAIN, FileKind.DIRECTORY),
            part("tool/banned", Part.Role.EXECUTABLE, FileKind.REGULAR)),
        List.of(),
        List.of(),
        Map.of());
  }

  private static Home owner() {
    return new Home("ada", 0, BytePath.parse("/home/ada"));
  }

  private Part part(String name, Part.Role role, FileKind kind) throws IOException {
    var file = home.resolve(name);
    var id = new FileId(number(file, "unix:dev"), number(file, "unix:ino"));
    return new Part(role, BytePath.parse("/home/ada/" + name), id, kind);
  }

  private static long number(Path file, String attribute) throws IOException {
    return ((Number) Objects.requireNonNull(Files.getAttribute(file, attribute))).longValue();
  }

  /// From before `mkdir` is started to the guard's being woken, without the moment of quiet that is
  /// waited for.
  private void noticed(LinuxProcesses processes) throws Exception {
    var heard = new Semaphore(0);
    var root = BytePath.parse(folder.resolve("root").toString());
    var place = new Watch.Place(new RuleId("tool"), owner(), BytePath.parse("/home/ada/gone/tool"));
    var delays = new long[12];
    for (var i = 0; i < delays.length; i++) {
      // A watch of its own each time: the pauses of one grow.
      try (var watch = new LinuxWatch(folder.resolve("root"), root, processes, heard::release)) {
        watch.over(Set.of(place), List.of());
        var begin = System.nanoTime();
        Spawn.run("/bin/mkdir", home.resolve("gone").toString());
        heard.acquire();
        delays[i] = System.nanoTime() - begin;
      }
      Files.delete(home.resolve("gone"));
    }
    figures.put("installed until the guard is woken (250 ms of quiet in it)", delays);
  }

  private void print() {
    System.out.printf("%-62s %9s %9s %9s %9s%n", "microseconds", "min", "median", "p99", "of none");
    var none = median(Objects.requireNonNull(figures.get("start, nothing watched")));
    figures.forEach((name, some) -> {
      Arrays.sort(some);
      System.out.printf(
          "%-62s %9.1f %9.1f %9.1f %9.3f%n",
          name,
          some[0] / 1e3,
          median(some),
          some[some.length * 99 / 100] / 1e3,
          median(some) / none);
    });
  }

  private static double median(long[] some) {
    var sorted = some.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e3;
  }
}
