package dev.interdict.agent.platform.macos.session;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Screen;
import dev.interdict.agent.wording.Wording;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The desktop of a Mac, by AppleScript's `display notification`. Not run on macOS so far.
///
/// It has no buttons and replaces nothing, which takes a signed application; so the text says how
/// to answer on the command line. Focus modes are the system's to respect. The text is an argument
/// of the script and never part of it.
public final class AppleScriptScreen implements Screen {
  private static final List<String> SCRIPT =
      List.of(
          "-e",
          "on run argv",
          "-e",
          "display notification (item 2 of argv) with title (item 1 of argv)"
              + " subtitle (item 3 of argv)",
          "-e",
          "end run");

  private final Path osascript;
  private final Errand errand;
  private final Duration limit;
  private final InstantSource clock;

  /// With the system's own program.
  public AppleScriptScreen(Errand errand, Duration limit, InstantSource clock) {
    this(Path.of("/usr/bin/osascript"), errand, limit, clock);
  }

  AppleScriptScreen(Path osascript, Errand errand, Duration limit, InstantSource clock) {
    this.osascript = osascript;
    this.errand = errand;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public Answer show() {
    var texts = Wording.texts(errand.notice(), clock.instant());
    var line = new ArrayList<>(SCRIPT);
    // Ours comes first: an argument that begins with a dash would be an option there.
    line.addAll(List.of(texts.sender(), texts.body() + " " + texts.more(), texts.title()));
    return switch (Command.of(osascript, line, limit).run(new byte[0], 4 << 10)) {
      case Command.Outcome.Exited(var code, var _, var _) when code == 0 -> new Answer.Shown(null);
      case Command.Outcome.TimedOut _ -> new Answer.TimeLimit();
      case Command.Outcome.Exited _,
          Command.Outcome.NotStarted _,
          Command.Outcome.TooMuchOutput _ ->
          new Answer.SessionError();
    };
  }
}
