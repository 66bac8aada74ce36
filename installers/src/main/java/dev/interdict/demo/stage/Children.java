package dev.interdict.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts the real programs and sees to it that none outlives the demo. Thread-safe.
public final class Children implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final long STOP_SECONDS = 10;

  private final Dist dist;
  private final Path log;
  private final List<Process> started = new ArrayList<>();
  private boolean closed;

  /// @param log the folder of what they write
  public Children(Dist dist, Path log) {
    this.dist = dist;
    this.log = log;
  }

  /// A program that goes on running.
  ///
  /// @param out what it writes to its standard output
  /// @param err what it writes to its standard error
  public record Child(String name, Process process, Path out, Path err) {
    public boolean running() {
      return process.isAlive();
    }

    /// Why it ended, as well as it can be told.
    public DemoException ended() {
      var said = lastLine(err).isEmpty() ? lastLine(out) : lastLine(err);
      return new DemoException(
          "%s ended by itself%s; its log is %s"
              .formatted(name, said.isEmpty() ? "" : ", saying: " + said, err));
    }
  }

  /// Runs a program of the distribution to its end and returns its standard output.
  ///
  /// @throws DemoException if it fails
  public String run(String program, String... arguments)
      throws DemoException, InterruptedException {
    var name = program + " " + arguments[0];
    try {
      var out = Files.createTempFile(log, program + "-", ".out");
      var err = Files.createTempFile(log, program + "-", ".log");
      var process = begin(dist.command(program, arguments), out, err);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DemoException(name + " did not end within a minute");
      }
      if (process.exitValue() != 0) {
        var said = lastLine(err);
        throw new DemoException(
            said.isEmpty() ? name + " failed with exit code " + process.exitValue() : said);
      }
      var said = Files.readString(out);
      // It may hold a secret that is shown once.
      Files.delete(out);
      if (Files.size(err) == 0) {
        Files.delete(err);
      }
      return said;
    } catch (IOException e) {
      throw new DemoException("cannot run " + name + ": " + e.getMessage());
    }
  }

  /// Starts a program of the distribution that goes on running.
  public Child start(String program, String... arguments) throws DemoException {
    var name = program + " " + arguments[0];
    return start(name, name.replace(' ', '-'), dist.command(program, arguments));
  }

  /// Starts any program.
  ///
  /// @param file what its logs are called
  public Child start(String name, String file, List<String> command) throws DemoException {
    var out = log.resolve(file + ".out");
    var err = log.resolve(file + ".log");
    try {
      return new Child(name, begin(command, out, err), out, err);
    } catch (IOException e) {
      throw new DemoException("cannot start " + name + ": " + e.getMessage());
    }
  }

  private synchronized Process begin(List<String> command, Path out, Path err) throws IOException {
    if (closed) {
      throw new IOException("the demo is ending");
    }
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // The Java that the build found is the one that it runs with.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    started.add(process);
    return process;
  }

  private static String lastLine(Path file) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> !line.isBlank() && !line.contains(" INFO "))
          .reduce("", (_, line) -> line.strip());
    } catch (IOException e) {
      return "";
    }
  }

  /// Asks all to end, the last started first, and ends those that do not.
  @Override
  public synchronized void close() {
    closed = true;
    for (var process : started.reversed()) {
      stop(process);
    }
    started.clear();
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
