package dev.interdict.agent.platform.linux.watch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.PermissionGroup;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A throw-away machine with one banned package in its every shape, and one like it that is not
/// banned.
final class Guarded implements AutoCloseable {
  static final RuleId RULE = new RuleId("claude-code");
  static final String PACKAGE = "/home/alice/lib/node_modules/tool";
  static final String OTHER = "/home/alice/lib/node_modules/other";
  static final String LAUNCHER = "/home/alice/bin/tool";
  private static final Set<String> OURS = Set.of("gate", "gate-watch", "follower", "arrivals");

  final Sandbox sandbox;
  final Home home;
  final LinuxProcesses processes = new LinuxProcesses();

  Guarded(Path root) throws IOException {
    sandbox = Sandbox.in(root);
    home = sandbox.user("alice");
    install(PACKAGE);
    install(OTHER);
    sandbox.link(LAUNCHER, sandbox.at(PACKAGE + "/cli.js").toString());
  }

  /// Skips the test where the kernel does not let us be asked.
  static void assumePermissionEvents() {
    assumeTrue(Kernel.effectiveUid() == 0, "needs root");
    try {
      PermissionGroup.open().close();
    } catch (KernelException e) {
      assumeTrue(false, "needs fanotify permission events: " + e.getMessage());
    }
  }

  private void install(String at) throws IOException {
    sandbox.write(at + "/package.json", "{\"name\": \"tool\"}");
    sandbox.write(at + "/README.md", "read me");
    program(at + "/cli.js", "#!/bin/sh\nexit 0\n");
    sandbox.write(at + "/run.sh", "exit 0\n");
    sandbox.write(at + "/lib/deep.js", "exit 0\n");
    copy("/bin/true", at + "/bin/native");
  }

  /// An executable script.
  Path program(String path, String text) throws IOException {
    return executable(sandbox.write(path, text));
  }

  /// A copy of a program of this machine.
  Path copy(String program, String path) throws IOException {
    var copy = sandbox.write(path, "");
    Files.copy(Path.of(program).toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
    return executable(copy);
  }

  private static Path executable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make a file executable");
    }
    return file;
  }

  Path at(String path) {
    return sandbox.at(path);
  }

  Part part(Part.Role role, String path, FileKind kind) throws IOException {
    return new Part(role, BytePath.parse(path), sandbox.id(path), kind);
  }

  /// A plan for the banned package as it is now.
  RemovalPlan plan() throws IOException {
    return plan(
        part(Part.Role.MAIN, PACKAGE, FileKind.DIRECTORY),
        part(Part.Role.EXECUTABLE, PACKAGE + "/cli.js", FileKind.REGULAR),
        part(Part.Role.EXECUTABLE, PACKAGE + "/bin/native", FileKind.REGULAR),
        part(Part.Role.LAUNCHER, LAUNCHER, FileKind.LINK));
  }

  /// A plan for one file as it is now.
  RemovalPlan plan(String file) throws IOException {
    return plan(part(Part.Role.MAIN, file, FileKind.REGULAR));
  }

  RemovalPlan plan(Part... parts) {
    return new RemovalPlan(
        RULE,
        "pkg:npm/tool",
        new Identity.OfPackage(PackageUrl.npm("tool")),
        home,
        List.of(parts),
        List.of(),
        List.of(),
        Map.of("en", "high risk"));
  }

  /// Runs a line of shell. What it runs is no child of ours but a grandchild, as a stranger is.
  ///
  /// @return whether it went well
  static boolean does(String line) throws IOException, InterruptedException {
    return start(line).waitFor() == 0;
  }

  /// Starts a line of shell, as [#does].
  static Process start(String line) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", line + "; exit $?")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// The names of this process's threads that belong to a gate or a watch.
  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(OURS::contains)
        .sorted()
        .toList();
  }

  /// A thread ends soon after what it served was closed, not at once.
  static void awaitNoThread() {
    var began = System.nanoTime();
    while (!threads().isEmpty()) {
      if (System.nanoTime() - began > 10_000_000_000L) {
        throw new AssertionError("still running: " + threads());
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    processes.close();
  }
}
