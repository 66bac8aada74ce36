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

/// Shows notices on a Linux desktop, through a worker that runs as the person addressed and hears
/// the buttons as long as the notice is up.
///
/// As root the worker becomes that person for good before it starts; else only our own session is
/// ours to speak in. Thread-safe.
public final class DesktopNotifier implements Notifier {
  private final List<String> worker;
  private final Surroundings surroundings;
  private final Path guard;
  private final Workers workers;

  /// @param worker the absolute program and arguments of `interdict-agent notify`
  /// @param guard the socket on which the guard hears what people answer
  public DesktopNotifier(
      List<String> worker, Surroundings surroundings, Path guard, Workers workers) {
    this.worker = List.copyOf(worker);
    this.surroundings = surroundings;
    this.guard = guard;
    this.workers = workers;
  }

  @Override
  public Receipt show(Notice notice) {
    var uid = notice.recipient().uid();
    if (uid != surroundings.uid() && surroundings.uid() != 0) {
      return new Receipt.Refused(Reason.NOT_OURS);
    }
    return switch (surroundings.busOf(uid)) {
      case SessionBus.None _ -> new Receipt.NoSession();
      case SessionBus.Foreign _ -> new Receipt.Refused(Reason.UNTRUSTED_SESSION);
      case SessionBus.Found found when uid == surroundings.uid() ->
          show(notice, found, AsPerson.ourselves(worker));
      case SessionBus.Found found when found.group() == 0 ->
          new Receipt.Refused(Reason.UNTRUSTED_SESSION);
      case SessionBus.Found _ when !AsPerson.possible() ->
          new Receipt.Refused(Reason.UNTRUSTED_PROGRAM);
      case SessionBus.Found found ->
          show(notice, found, AsPerson.command(uid, found.group(), worker));
    };
  }

  private Receipt show(Notice notice, SessionBus.Found bus, Command command) {
    var errand = new Errand(Errand.Way.DESKTOP, guard, bus.socket(), List.of(), notice);
    return workers.show(command, errand, Receipt.Channel.DESKTOP);
  }
}
