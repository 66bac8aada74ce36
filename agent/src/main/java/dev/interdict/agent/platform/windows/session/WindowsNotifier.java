package dev.interdict.agent.platform.windows.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.NoAnswerException;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.identity.Printable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// Shows notices on Windows: as a toast where the person is who runs this process, else, in the
/// last hour, as a message box in that person's session. Not run on Windows so far. Thread-safe.
public final class WindowsNotifier implements Notifier {
  private final String user;
  private final List<String> worker;
  private final Path guard;
  private final Workers workers;
  private final Boxes boxes;
  private final InstantSource clock;

  /// Shows a box in the sessions of an account. Seam.
  interface Boxes {
    /// Whether there was a session of `user` that took it.
    boolean show(String user, String title, String text);
  }

  /// @param user who runs this process
  /// @param worker the absolute program and arguments of `interdict-agent notify`
  /// @param guard the socket on which the guard hears what people answer
  public WindowsNotifier(
      String user, List<String> worker, Path guard, Workers workers, InstantSource clock) {
    this(user, worker, guard, workers, new MessageBoxes(), clock);
  }

  WindowsNotifier(
      String user,
      List<String> worker,
      Path guard,
      Workers workers,
      Boxes boxes,
      InstantSource clock) {
    this.user = user;
    this.worker = List.copyOf(worker);
    this.guard = guard;
    this.workers = workers;
    this.boxes = boxes;
    this.clock = clock;
  }

  @Override
  public Receipt show(Notice notice) {
    if (notice.recipient().home().user().equalsIgnoreCase(user)) {
      return workers.show(command(), errand(Errand.Way.DESKTOP, notice), Receipt.Channel.DESKTOP);
    }
    return notice.urgency() == Notice.Urgency.CRITICAL
        ? box(notice)
        : new Receipt.Refused(Reason.NOT_OURS);
  }

  private Receipt box(Notice notice) {
    try {
      if (!(workers.ask(command(), errand(Errand.Way.TEXT, notice))
              instanceof Answer.Text(var lines))
          || lines.isEmpty()) {
        return new Receipt.Failed(Reason.BAD_ANSWER);
      }
      var text = lines.stream().skip(1).map(Printable::of).collect(Collectors.joining("\r\n"));
      return boxes.show(notice.recipient().home().user(), "Interdict", text)
          ? new Receipt.Shown(Receipt.Channel.DESKTOP, clock.instant())
          : new Receipt.NoSession();
    } catch (NoAnswerException e) {
      return e.receipt();
    }
  }

  private Errand errand(Errand.Way way, Notice notice) {
    return new Errand(way, guard, null, List.of(), notice);
  }

  private Command command() {
    return Command.of(Path.of(worker.getFirst()), worker.subList(1, worker.size()), Workers.LIFE);
  }
}
