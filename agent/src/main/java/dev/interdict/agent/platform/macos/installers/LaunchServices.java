package dev.interdict.agent.platform.macos.installers;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.Command;
import dev.interdict.report.ErrorClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Has launchd let go of a service whose file was taken, so that nothing starts it again before the
/// next login. Its label is the file's name, which launchd's own convention makes it; where it is
/// another one launchd knows none of that name and nothing happens.
///
/// Spec: launchctl(1), `bootout` of a service in the domain `gui/UID` or `system`.
///
/// @param program the absolute path of `launchctl`
public record LaunchServices(Path program) {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int MOST_OUTPUT = 16 << 10;

  /// No such process, and could not find service.
  private static final List<Integer> UNKNOWN = List.of(3, 113);

  /// In progress: launchd is about to.
  private static final int IN_PROGRESS = 36;

  /// @param owner whose session it runs in; null for the machine's own
  /// @param file the name of its file, such as `com.example.tool.plist`
  public Outcome bootOut(@Nullable Home owner, String file) {
    var suffix = ".plist";
    var label =
        file.endsWith(suffix)
            ? PlainName.parse(file.substring(0, file.length() - suffix.length()))
            : Optional.<PlainName>empty();
    if (label.isEmpty() || label.get().text().startsWith("com.apple.")) {
      return new Outcome.Refused(Refusal.PROTECTED, "no label of a service that may be ended");
    }
    var command = Command.of(program, arguments(owner, label.get()), LIMIT);
    return outcome(command.run(new byte[0], MOST_OUTPUT));
  }

  static List<String> arguments(@Nullable Home owner, PlainName label) {
    var domain = owner == null ? "system" : "gui/" + Integer.toUnsignedString(owner.uid());
    return List.of("bootout", domain + "/" + label.text());
  }

  static Outcome outcome(Command.Outcome answer) {
    return switch (answer) {
      case Command.Outcome.Exited(var code, var _, var _) when code == 0 || code == IN_PROGRESS ->
          new Outcome.Done();
      case Command.Outcome.Exited(var code, var _, var _) when UNKNOWN.contains(code) ->
          new Outcome.AlreadyDone();
      case Command.Outcome.Exited(var code, var _, var _) ->
          new Outcome.Failed(ErrorClass.OTHER, "launchctl ended with " + code);
      case Command.Outcome.NotStarted(var message) ->
          new Outcome.Failed(ErrorClass.OTHER, "launchctl: " + message);
      case Command.Outcome.TimedOut() ->
          new Outcome.Failed(ErrorClass.TIMEOUT, "launchctl took longer than " + LIMIT);
      case Command.Outcome.TooMuchOutput() ->
          new Outcome.Failed(ErrorClass.OTHER, "launchctl wrote too much");
    };
  }
}
