package dev.interdict.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the programs of the distribution as a person would, and ends what it started.
final class Programs implements AutoCloseable {
  private static final Path BIN = Path.of("target", "dist", "bin").toAbsolutePath();
  private static final long PATIENCE_SECONDS = 120;

  private final Path log;
  private final List<Process> running = new ArrayList<>();
  private int count;

  Programs(Path log) throws IOException {
    this.log = Files.createDirectories(log);
  }

  /// What a program that ended has said.
  record Ended(int code, String out, String err) {}

  Ended run(String program, String... arguments) throws IOException, InterruptedException {
    return run(command(program, arguments));
  }

  Ended run(List<String> command) throws IOException, InterruptedException {
    var out = log.resolve(++count + ".out");
    var err = log.resolve(count + ".err");
    var process = start(command, out, err);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("did not end within " + PATIENCE_SECONDS + " s: " + command);
    }
    running.remove(process);
    return new Ended(process.exitValue(), read(out), read(err));
  }

  /// As [#run], and it must succeed.
  String ok(String program, String... arguments) throws IOException, InterruptedException {
    var ended = run(program, arguments);
    if (ended.code() != 0) {
      throw new IOException(program + " " + arguments[0] + " failed: " + ended);
    }
    return ended.out();
  }

  Process start(List<String> command, Path out, Path err) throws IOException {
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    running.add(process);
    return process;
  }

  /// The command line of a program, the agent's as it is installed.
  static List<String> command(String program, String... arguments) {
    var agent = program.equals("interdict-agent");
    return line(agent ? InstalledAgent.PROGRAM : BIN.resolve(program), arguments);
  }

  /// The agent's as it is where no archive of its classes was made.
  static List<String> agentWithoutArchives(String... arguments) {
    return line(BIN.resolve("interdict-agent"), arguments);
  }

  private static List<String> line(Path program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /// Ends `process` at once, as a crash would.
  void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    running.remove(process);
  }

  static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    for (var process : running.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.waitFor();
    }
    running.clear();
  }
}
