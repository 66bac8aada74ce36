package dev.interdict.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// The distribution's agent with Java's archives of its classes, which its package makes with these
/// commands when it is installed (`bin/installed` of the package): without them a guard that looks
/// every two seconds spends most of a core on starting workers.
final class InstalledAgent {
  private static final Path HOME = Path.of("target", "installed").toAbsolutePath();

  /// The program, made once for all tests.
  static final Path PROGRAM = made();

  private InstalledAgent() {}

  private static Path made() {
    try {
      remove();
      var dist = Path.of("target", "dist").toAbsolutePath();
      var program = Files.createDirectories(HOME.resolve("bin")).resolve("interdict-agent");
      Files.copy(dist.resolve("bin/interdict-agent"), program);
      if (!program.toFile().setExecutable(true, false)) {
        throw new IOException(program + " cannot be made executable");
      }
      Files.createSymbolicLink(HOME.resolve("lib"), dist.resolve("lib"));
      var practice = Files.createDirectories(HOME.resolve("cache/practice"));
      EmptyDebian.run(
          List.of("sh", dist.resolve("lib/practice.sh").toString(), practice.toString()));
      var memory = practice.resolve("memory").toString();
      archive(
          "classes.aot",
          program,
          "scan",
          "--root",
          practice.toString(),
          "--output",
          "frame",
          "--memory",
          memory);
      archive("guard.jsa", program, "guard");
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void archive(String name, Path program, String... arguments) throws IOException {
    var line = new java.util.ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(arguments));
    var log = HOME.resolve(name + ".log");
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("INTERDICT_MAKE_CACHE", "yes");
    try {
      builder.start().waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (Files.notExists(HOME.resolve("cache").resolve(name))) {
      throw new IOException("no archive " + name + ": " + Files.readString(log));
    }
  }

  private static void remove() throws IOException {
    if (Files.exists(HOME)) {
      try (var old = Files.walk(HOME)) {
        old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }
}
