package dev.interdict.agent.platform.linux.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Workers;
import java.nio.file.Path;
import java.util.List;

/// Shows what is urgent on the terminals that a person has open, through a worker that runs as that
/// person; what is not urgent is left to the next shell, which asks for it. Thread-safe.
public final class TerminalsNotifier implements Notifier {
  private final List<String> worker;
  private final Surroundings surroundings;
  private final Path guard;
  private final Workers workers;

  /// The parameters are those of [DesktopNotifier].
  public TerminalsNotifier(
      List<String> worker, Surroundings surroundings, Path guard, Workers workers) {
    this.worker = List.copyOf(worker);
    this.surroundings = surroundings;
    this.guard = guard;
    this.workers = workers;
  }

  @Override
  public Receipt show(Notice notice) {
    if (notice.urgency() != Notice.Urgency.CRITICAL) {
      return new Receipt.NoSession();
    }
    var uid = notice.recipient().uid();
    if (uid == surroundings.uid()) {
      return show(notice, AsPerson.ourselves(worker));
    }
    if (surroundings.uid() != 0) {
      return new Receipt.Refused(Reason.NOT_OURS);
    }
    var group = surroundings.groupOf(uid);
    if (group == null) {
      return new Receipt.NoSession();
    }
    if (group == 0) {
      return new Receipt.Refused(Reason.UNTRUSTED_SESSION);
    }
    return AsPerson.possible()
        ? show(notice, AsPerson.command(uid, group, worker))
        : new Receipt.Refused(Reason.UNTRUSTED_PROGRAM);
  }

  private Receipt show(Notice notice, Command command) {
    var bus =
        surroundings.busOf(notice.recipient().uid()) instanceof SessionBus.Found found
            ? found.socket()
            : null;
    var errand = new Errand(Errand.Way.TERMINALS, guard, bus, List.of(), notice);
    return workers.show(command, errand, Receipt.Channel.TERMINAL);
  }
}
