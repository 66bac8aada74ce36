package dev.interdict.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts with Javas that only say what they were asked.
class LaunchScriptTest {
  private static final Path DIST = Path.of("src/dist").toAbsolutePath();

  @TempDir private Path temp;
  private Path dist;

  /// What a script did.
  private record Ran(int exit, List<String> lines) {}

  @BeforeEach
  void copy_the_distribution() throws IOException {
    dist = Files.createDirectory(temp.resolve("dist with space"));
    try (var paths = Files.walk(DIST)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        var copy = dist.resolve(DIST.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(path, copy);
      }
    }
  }

  /// A folder that looks like a JDK.
  private Path java(String version) throws IOException {
    var home = Files.createDirectories(temp.resolve("jdk-" + version));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    var program =
        Files.writeString(
            home.resolve("bin/java"),
            "#!/bin/sh\necho \"openjdk version \\\"" + version + "\\\"\" \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private Ran run(Path script, Path javaHome, String... arguments)
      throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(temp.toFile());
    builder.environment().keySet().retainAll(java.util.Set.of());
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", javaHome.toString()));
    var process = builder.start();
    var lines = process.inputReader().lines().toList();
    return new Ran(process.waitFor(), lines);
  }

  /// Makes every Java of this machine too old.
  private void needMore() throws IOException {
    var script = dist.resolve("lib/launch.sh");
    Files.writeString(script, Files.readString(script).replace("needed=25", "needed=99"));
  }

  @Test
  void without_a_java_that_is_new_enough_there_is_one_clear_line_and_exit_code_1()
      throws Exception {
    needMore();
    for (var program : List.of("interdict", "interdict-server", "interdict-agent")) {
      var ran = run(dist.resolve("bin").resolve(program), java("17.0.1"), "scan");
      assertEquals(1, ran.exit());
      assertEquals(
          List.of(program + ": needs Java 99 or newer; install one or set JAVA_HOME to it."),
          ran.lines());
    }
  }

  @Test
  void java_home_wins_where_it_is_new_enough() throws Exception {
    var ran = run(dist.resolve("bin/interdict"), java("25.0.3"), "rule", "lint", "a b.yaml");
    assertEquals(0, ran.exit());
    assertTrue(
        ran.lines().getFirst().endsWith("dev.interdict.server.cli.Interdict rule lint a b.yaml"),
        ran.toString());
  }

  @Test
  void nobodys_options_for_java_get_in_from_outside() throws Exception {
    var home = java("25");
    Files.writeString(
        home.resolve("bin/java"),
        "#!/bin/sh\n" + "echo \"[${JAVA_TOOL_OPTIONS-}${JDK_JAVA_OPTIONS-}${_JAVA_OPTIONS-}]\"\n");
    for (var name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      var agent = dist.resolve("bin/interdict-agent").toString();
      var builder = new ProcessBuilder(agent, "status").redirectErrorStream(true);
      builder
          .environment()
          .putAll(Map.of("JAVA_HOME", home.toString(), name, "-javaagent:mallory.jar"));
      var process = builder.start();
      assertEquals(List.of("[]"), process.inputReader().lines().toList(), name);
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void on_windows_the_callers_java_is_none_either() throws Exception {
    var script = Files.readString(Path.of("src/windows/interdict-agent.cmd"));
    assertFalse(script.contains("JAVA_HOME"), script);
    assertTrue(script.contains("query HKLM\\SOFTWARE\\Interdict\\Agent /v Jvm"), script);
    assertTrue(
        Files.readString(Path.of("src/windows/tables.sh"))
            .contains("Jvm|2|SOFTWARE\\\\Interdict\\\\Agent|Jvm|"));
    for (var name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      assertTrue(script.contains("set \"" + name + "=\""), name);
    }
  }

  @Test
  void a_script_works_through_a_chain_of_links() throws Exception {
    var near = Files.createSymbolicLink(dist.resolve("bin/near"), Path.of("interdict-agent"));
    var far = Files.createSymbolicLink(temp.resolve("far"), near);
    var ran = run(far, java("26"), "guard");
    assertEquals(0, ran.exit());
    assertTrue(
        ran.lines().getFirst().contains(dist.toRealPath().resolve("lib").toString()),
        ran.toString());
  }

  @Test
  void the_guard_alone_gets_the_small_heap() throws Exception {
    var guard = run(dist.resolve("bin/interdict-agent"), java("25"), "guard").lines().getFirst();
    var scan = run(dist.resolve("bin/interdict-agent"), java("25"), "scan").lines().getFirst();
    assertTrue(guard.contains("-Xmx64m") && guard.contains("-XX:TrimNativeHeapInterval=60000"));
    assertTrue(scan.contains("-Xmx192m") && !scan.contains("TrimNative"));
  }

  @Test
  void the_guard_has_an_archive_of_its_own_and_hands_on_the_other() throws Exception {
    var cache = Files.createDirectory(dist.resolve("cache"));
    var agent = dist.resolve("bin/interdict-agent");
    assertFalse(run(agent, java("25"), "guard").lines().getFirst().contains("interdict.classes"));
    Files.createFile(cache.resolve("classes.aot"));
    Files.createFile(cache.resolve("guard.jsa"));
    var real = cache.toRealPath();
    var handedOn = "-Dinterdict.classes=" + real.resolve("classes.aot");
    var guard = run(agent, java("25"), "guard").lines().getFirst();
    assertTrue(guard.contains("-XX:SharedArchiveFile=" + real.resolve("guard.jsa")), guard);
    assertTrue(guard.contains(handedOn) && !guard.contains("AOTCache"), guard);
    var status = run(agent, java("25"), "status").lines().getFirst();
    assertTrue(status.contains("-XX:AOTCache=" + real.resolve("classes.aot")), status);
    assertTrue(status.contains(handedOn) && !status.contains("SharedArchiveFile"), status);
  }
}
