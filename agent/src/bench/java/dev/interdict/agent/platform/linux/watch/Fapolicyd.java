package dev.interdict.agent.platform.linux.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The Debian package `fapolicyd` with one rule that denies one path and one that allows all else.
/// To be started in a private mount namespace only, since it marks whole mounts.
final class Fapolicyd implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("/etc/fapolicyd");
  private static final Path PID_FILE = Path.of("/run/fapolicyd.pid");

  private final Process daemon;

  /// @param scratch for its configuration and log
  Fapolicyd(Path scratch, Path denied) throws IOException, InterruptedException {
    var copy = scratch.resolve("fapolicyd");
    run("cp", "-a", CONFIGURATION.toString(), copy.toString());
    var rules = "deny_syslog perm=execute all : path=" + denied + "\nallow perm=any all : all\n";
    var folder = copy.resolve("rules.d");
    try (var old = Files.list(folder)) {
      for (var file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(folder.resolve("10-all.rules"), rules);
    Files.writeString(copy.resolve("compiled.rules"), rules);
    var settings = copy.resolve("fapolicyd.conf");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replaceAll("(?m)^uid *=.*", "uid = root")
            .replaceAll("(?m)^gid *=.*", "gid = root")
            .replaceAll("(?m)^trust *=.*", "trust = file"));
    run("mount", "--bind", copy.toString(), CONFIGURATION.toString());
    Files.deleteIfExists(PID_FILE);
    var log = scratch.resolve("fapolicyd.log").toFile();
    daemon =
        new ProcessBuilder("timeout", "110", "fapolicyd", "--debug-deny")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    // It has begun once what it denies is denied.
    for (var i = 0; i < 200; i++) {
      try {
        Spawn.denied(denied.toString());
        return;
      } catch (IllegalStateException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    close();
    throw new IOException("fapolicyd did not begin; see " + log);
  }

  private static void run(String... line) throws IOException, InterruptedException {
    if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + List.of(line));
    }
  }

  @Override
  public void close() throws IOException {
    daemon.destroy();
    daemon.descendants().forEach(ProcessHandle::destroy);
    try {
      daemon.waitFor();
      run("umount", CONFIGURATION.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(PID_FILE);
  }
}
