package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.linux.RootOnly;
import dev.interdict.report.ErrorClass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Starts the programs of package managers: found in fixed folders, trusted only where root alone
/// can have put them there, with an environment of our own.
///
/// @param folders where they may lie, in the order in which they are looked for
/// @param trusted whether only root can have put a program there
/// @param systemd the folder that says that systemd runs (sd_booted(3))
record Programs(List<Path> folders, Predicate<Path> trusted, Path systemd, Limits limits) {
  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int MOST_OUTPUT = 16 << 20;

  /// Between two tries while somebody else holds a lock.
  private static final Duration PAUSE = Duration.ofMillis(500);

  /// How long a unit may outlive its limit before its client is ended as well.
  private static final Duration MARGIN = Duration.ofSeconds(15);

  Programs {
    folders = List.copyOf(folders);
  }

  /// @param question for a program that only answers
  /// @param act for one that removes, with the scripts of the package
  /// @param patience while another program holds the manager's lock
  record Limits(Duration question, Duration act, Duration patience) {}

  /// Those of the machine that runs this.
  static Programs ofThisMachine() {
    return new Programs(
        List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/bin"), Path.of("/sbin")),
        RootOnly::program,
        Path.of("/run/systemd/system"),
        new Limits(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(30)));
  }

  /// What a program that changes nothing answers.
  ///
  /// @param more environment besides the fixed one
  Reply ask(String program, Map<String, String> more, List<String> arguments)
      throws NotRemovedException {
    return reply(program, new Command(found(program), arguments, with(more), limits.question()));
  }

  /// What a program that changes the machine answers; again while `locked` says that another
  /// program holds it up.
  Reply act(
      String program, Map<String, String> more, List<String> arguments, Predicate<Reply> locked)
      throws NotRemovedException {
    var command = outside(found(program), with(more), arguments);
    var until = System.nanoTime() + limits.patience().toNanos();
    while (true) {
      var reply = reply(program, command);
      if (reply.well() || !locked.test(reply)) {
        return reply;
      }
      if (System.nanoTime() - until >= 0) {
        throw NotRemovedException.failed(
            ErrorClass.FILE_IN_USE, program + " is held up by another program");
      }
      pause();
    }
  }

  private Path found(String program) throws NotRemovedException {
    for (var folder : folders) {
      var path = folder.resolve(program);
      if (Files.exists(path)) {
        if (!trusted.test(path)) {
          throw NotRemovedException.failed(
              ErrorClass.ACCESS_DENIED,
              program + " is not started: others than root can write where it lies");
        }
        return path;
      }
    }
    throw NotRemovedException.failed(
        ErrorClass.PACKAGE_MANAGER_ERROR, program + " is not installed");
  }

  private static Map<String, String> with(Map<String, String> more) {
    var environment = new TreeMap<>(more);
    environment.put("PATH", PATH);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("DEBIAN_FRONTEND", "noninteractive");
    return environment;
  }

  /// In a unit of its own where there is a systemd to make one.
  private Command outside(Path program, Map<String, String> environment, List<String> arguments)
      throws NotRemovedException {
    if (!Files.isDirectory(systemd)) {
      return new Command(program, arguments, environment, limits.act());
    }
    var line =
        new ArrayList<>(
            List.of(
                "--wait",
                "--pipe",
                "--collect",
                "--quiet",
                "--service-type=exec",
                "--property=RuntimeMaxSec=" + limits.act().toSeconds(),
                "--property=TimeoutStopSec=5"));
    environment.forEach((name, value) -> line.add("--setenv=" + name + "=" + value));
    line.add("--");
    line.add(program.toString());
    line.addAll(arguments);
    return new Command(found("systemd-run"), line, with(Map.of()), limits.act().plus(MARGIN));
  }

  private static Reply reply(String program, Command command) throws NotRemovedException {
    return switch (command.run(new byte[0], MOST_OUTPUT)) {
      case Command.Outcome.Exited(var code, var output, var errors) ->
          new Reply(code, text(output), text(errors));
      case Command.Outcome.NotStarted(var message) ->
          throw NotRemovedException.failed(
              ErrorClass.PACKAGE_MANAGER_ERROR, program + " cannot be started: " + message);
      case Command.Outcome.TimedOut() ->
          throw NotRemovedException.failed(
              ErrorClass.TIMEOUT, program + " did not end within its time and was ended");
      case Command.Outcome.TooMuchOutput() ->
          throw NotRemovedException.failed(
              ErrorClass.PACKAGE_MANAGER_ERROR, program + " answered more than anybody reads");
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void pause() throws NotRemovedException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NotRemovedException.failed(ErrorClass.TIMEOUT, "interrupted");
    }
  }
}
