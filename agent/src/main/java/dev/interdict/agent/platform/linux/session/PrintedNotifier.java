package dev.interdict.agent.platform.linux.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.NoAnswerException;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.identity.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Prints notices where the guard itself was started, as lines that a worker worded. As root, the
/// worker has no rights at all. Not thread-safe.
///
/// Whether somebody sits in front of the stream is for the caller to know.
public final class PrintedNotifier implements Notifier {
  private static final int MOST_COLUMNS = 200;

  private final List<String> worker;
  private final Surroundings surroundings;
  private final Path guard;
  private final Workers workers;
  private final PrintStream out;
  private final boolean colour;
  private final InstantSource clock;

  /// The first parameters are those of [DesktopNotifier].
  ///
  /// @param out where to print, in its own character set
  /// @param colour whether the title may be bold
  public PrintedNotifier(
      List<String> worker,
      Surroundings surroundings,
      Path guard,
      Workers workers,
      PrintStream out,
      boolean colour,
      InstantSource clock) {
    this.worker = List.copyOf(worker);
    this.surroundings = surroundings;
    this.guard = guard;
    this.workers = workers;
    this.out = out;
    this.colour = colour;
    this.clock = clock;
  }

  @Override
  public Receipt show(Notice notice) {
    if (surroundings.uid() == 0 && !AsPerson.possible()) {
      return new Receipt.Refused(Reason.UNTRUSTED_PROGRAM);
    }
    var command = surroundings.uid() == 0 ? AsPerson.nobody(worker) : AsPerson.ourselves(worker);
    var errand = new Errand(Errand.Way.TEXT, guard, null, List.of(), notice);
    try {
      return workers.ask(command, errand) instanceof Answer.Text(var lines)
          ? print(lines)
          : new Receipt.Failed(Reason.BAD_ANSWER);
    } catch (NoAnswerException e) {
      return e.receipt();
    }
  }

  private Receipt print(List<String> lines) {
    var encoder = out.charset().newEncoder();
    if (!lines.stream().allMatch(encoder::canEncode)) {
      return new Receipt.Failed(Reason.CHARACTER_SET);
    }
    for (var i = 0; i < lines.size(); i++) {
      // A worker is believed no controls: they would steer the terminal of whoever runs the guard.
      var line = Printable.of(lines.get(i), MOST_COLUMNS);
      out.print((colour && i == 1 ? "\u001B[1m" + line + "\u001B[0m" : line) + "\n");
    }
    return out.checkError()
        ? new Receipt.Failed(Reason.WRITE_ERROR)
        : new Receipt.Shown(Receipt.Channel.TERMINAL, clock.instant());
  }
}
