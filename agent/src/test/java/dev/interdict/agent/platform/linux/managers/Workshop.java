package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.RootOnly;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.identity.PackageUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A throw-away root in which real package managers install what a test builds, and the managers
/// that remove it again.
final class Workshop implements AutoCloseable {
  static final Programs.Limits LIMITS =
      new Programs.Limits(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMillis(700));

  final Sandbox sandbox;
  final LinuxProcesses processes;
  final LinuxMachine machine;

  Workshop(Path folder) throws IOException {
    this.sandbox = Sandbox.in(folder);
    this.processes = new LinuxProcesses();
    this.machine = LinuxMachine.open(sandbox.root(), processes);
  }

  /// Skips the test where it does not run as root or a program is missing.
  static void needs(String... programs) {
    assumeTrue(Kernel.effectiveUid() == 0, "package managers remove as root only");
    for (var program : programs) {
      assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
    }
  }

  /// The programs of this machine, where no systemd runs.
  static Programs programs(Programs.Limits limits) {
    return new Programs(
        List.of(Path.of("/usr/bin"), Path.of("/usr/sbin")),
        RootOnly::program,
        Path.of("/nonexistent"),
        limits);
  }

  /// Programs that stand in for real ones.
  static Programs fakes(Path folder) {
    return new Programs(List.of(folder), _ -> true, Path.of("/nonexistent"), LIMITS);
  }

  Managers managers() {
    return managers(false, LIMITS);
  }

  Managers managers(boolean scripts, Programs.Limits limits) {
    return Managers.of(new ManagedRoot(sandbox.root(), scripts), programs(limits), machine);
  }

  /// The packages that the inventory sees.
  List<ManagedPackage> seen(Source source) throws Exception {
    var sightings = new Sightings(source.name());
    source.inspectSystem(machine.system(), sightings);
    assertEquals(List.of(), sightings.gaps());
    return sightings.items().stream().flatMap(item -> ManagedPackage.of(item).stream()).toList();
  }

  ManagedPackage only(Source source, String name) throws Exception {
    return seen(source).stream()
        .filter(one -> one.purl().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not installed"));
  }

  static ManagedPackage named(String manager, String name, String record) {
    return named(manager, "x", name, "1.0-2", "all", record);
  }

  static ManagedPackage named(
      String manager, String type, String name, String version, String arch, String record) {
    var purl = new PackageUrl(type, "", name, version, Map.of("arch", arch), "");
    return new ManagedPackage(manager, purl, BytePath.parse(record), null);
  }

  /// Rehearses, and carries out what may be.
  static Outcome remove(Managers managers, ManagedPackage managed) {
    try (var uninstallation = managers.uninstallation(managed)) {
      return uninstallation.carryOut();
    }
  }

  static String refused(Outcome outcome, Refusal why) {
    if (outcome instanceof Outcome.Refused(var reason, var detail) && reason == why) {
      return detail;
    }
    throw new AssertionError(outcome + " is not refused for " + why);
  }

  /// Runs a program of the test's own and expects it to go well.
  static String run(@Nullable Path folder, String... line) throws Exception {
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", line) + ": " + output);
    }
    return output;
  }

  /// A program that can be executed.
  static Path script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /// Puts a program of this machine into the root, with the libraries that it needs.
  void bring(String program) throws Exception {
    copy(Path.of(program));
    for (var word : run(null, "/usr/bin/ldd", program).split("\\s+")) {
      if (word.startsWith("/")) {
        copy(Path.of(word));
      }
    }
  }

  private void copy(Path file) throws IOException {
    var to = sandbox.at(file.toString());
    Files.createDirectories(to.getParent());
    if (!Files.exists(to)) {
      Files.copy(file.toRealPath(), to, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Override
  public void close() {
    machine.close();
    processes.close();
  }
}
