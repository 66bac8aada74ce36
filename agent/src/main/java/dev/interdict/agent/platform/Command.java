package dev.interdict.agent.platform;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program to start: the one place from which this product starts processes.
///
/// The program is an absolute path and is never searched for; its arguments are an array and never
/// pass a shell; its environment is exactly the one given here, so that nothing (`LD_PRELOAD`,
/// `JAVA_TOOL_OPTIONS`, `BASH_ENV`) is inherited; its folder is `/`. It has a time limit, at which
/// it is killed with its children. Its answer is bounded and hostile: whoever reads it checks it.
///
/// A grandchild that has left the process tree on purpose (double fork) survives; as a service, our
/// control group ends it. It cannot hold up [#run], which never waits for a pipe to close.
///
/// @param limit from start to kill
public record Command(
    Path program, List<String> arguments, Map<String, String> environment, Duration limit) {

  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    if (!program.isAbsolute()) {
      throw new IllegalArgumentException(
          "program \"" + program + "\" is no absolute path; programs are never searched for");
    }
    for (var argument : arguments) {
      if (argument.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("an argument of " + program + " holds a NUL character");
      }
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("time limit " + limit + " leaves no time to run");
    }
  }

  /// With an empty environment.
  public static Command of(Path program, List<String> arguments, Duration limit) {
    return new Command(program, arguments, Map.of(), limit);
  }

  /// What came of a command that ran by itself.
  public sealed interface Outcome {

    /// It ended by itself, within its limits.
    ///
    /// @param errors the beginning of what it wrote to its error stream
    record Exited(int code, byte[] output, byte[] errors) implements Outcome {}

    /// It could not be started; what the system said is in `message`.
    record NotStarted(String message) implements Outcome {}

    /// It was killed at its time limit.
    record TimedOut() implements Outcome {}

    /// It was killed because it answered more than was asked for.
    record TooMuchOutput() implements Outcome {}
  }

  /// Runs the command to its end: writes `input`, closes it, and collects what it answers.
  ///
  /// @param most bytes that it may answer; of its error stream so many are kept and the rest
  ///   dropped
  public Outcome run(byte[] input, int most) {
    Process process;
    var until = System.nanoTime() + limit.toNanos();
    try {
      process = builder().start();
    } catch (IOException e) {
      return new Outcome.NotStarted(String.valueOf(e.getMessage()));
    }
    try {
      feed(process, input);
      return collect(process, most, until);
    } finally {
      ProcessTree.kill(process);
    }
  }

  /// Starts the command for a conversation over its streams; its error stream goes nowhere.
  ///
  /// @throws IOException if it cannot be started
  public Conversation start() throws IOException {
    var process = builder().redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new Conversation(process, limit);
  }

  private ProcessBuilder builder() {
    var line = new ArrayList<String>();
    line.add(program.toString());
    line.addAll(arguments);
    var builder = new ProcessBuilder(line).directory(new File("/"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  /// Writes from a thread of its own, since a program that does not read must not hold us up.
  private static void feed(Process process, byte[] input) {
    Thread.ofVirtual()
        .name("command-input")
        .start(() -> {
          try (var stream = process.getOutputStream()) {
            stream.write(input);
          } catch (IOException e) {
            // It ended without reading everything: its exit says what that means.
          }
        });
  }

  /// Looks at both streams in turn and never blocks on either: a read would last as long as anybody
  /// keeps the other end open, which need not be the program we started.
  private static Outcome collect(Process process, int most, long until) {
    var output = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    try (var out = process.getInputStream();
        var err = process.getErrorStream()) {
      for (var pause = 1; ; pause = Math.min(pause * 2, 20)) {
        var ended = process.waitFor(pause, TimeUnit.MILLISECONDS);
        var more = drain(out, output, most + 1) | drain(err, errors, most) | skip(err);
        if (output.size() > most) {
          return new Outcome.TooMuchOutput();
        }
        if (ended && !more) {
          return new Outcome.Exited(
              process.exitValue(), output.toByteArray(), errors.toByteArray());
        }
        if (System.nanoTime() - until >= 0) {
          return new Outcome.TimedOut();
        }
      }
    } catch (IOException e) {
      return new Outcome.NotStarted("its output cannot be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.TimedOut();
    }
  }

  /// Takes what is there until `to` holds `most` bytes.
  private static boolean drain(InputStream from, ByteArrayOutputStream to, int most)
      throws IOException {
    var size = Math.min(from.available(), most - to.size());
    if (size <= 0) {
      return false;
    }
    to.write(from.readNBytes(size));
    return true;
  }

  private static boolean skip(InputStream from) throws IOException {
    return from.skip(from.available()) > 0;
  }
}
