package dev.interdict.agent.platform.linux.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.wording.Wording;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Shows notices on a Linux desktop, through a worker that runs as the person addressed.
///
/// As root the worker is started by `setpriv` with that person's ids, no privilege to gain any, and
/// a cleared environment; else only our own session is ours to speak in. Which message a later one
/// replaces is remembered until the process ends. Thread-safe.
public final class DesktopNotifier implements Notifier {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private final List<String> worker;
  private final Surroundings surroundings;
  private final InstantSource clock;
  private final Duration limit;
  private final Map<Place, Popup.Handle> last = new ConcurrentHashMap<>();

  private record Place(int uid, RuleId rule) {}

  /// @param worker the absolute program and arguments that end in [NotifyWorker#run]
  /// @param limit from the worker's start to its end
  public DesktopNotifier(
      List<String> worker, Surroundings surroundings, Duration limit, InstantSource clock) {
    this.worker = List.copyOf(worker);
    this.surroundings = surroundings;
    this.limit = limit;
    this.clock = clock;
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
          show(notice, found, command(worker));
      case SessionBus.Found found when found.group() == 0 ->
          new Receipt.Refused(Reason.UNTRUSTED_SESSION);
      case SessionBus.Found _ when !RootOnly.program(SETPRIV) ->
          new Receipt.Refused(Reason.UNTRUSTED_PROGRAM);
      case SessionBus.Found found -> show(notice, found, command(as(uid, found.group())));
    };
  }

  private List<String> as(int uid, int group) {
    var line = new ArrayList<String>();
    line.add(SETPRIV.toString());
    line.add("--reuid=" + uid);
    line.add("--regid=" + group);
    line.add("--init-groups");
    line.add("--no-new-privs");
    line.add("--inh-caps=-all");
    line.add("--reset-env");
    line.add("--");
    line.addAll(worker);
    return line;
  }

  private Command command(List<String> line) {
    return Command.of(Path.of(line.getFirst()), line.subList(1, line.size()), limit);
  }

  private Receipt show(Notice notice, SessionBus.Found bus, Command command) {
    var place = new Place(notice.recipient().uid(), notice.matters().getFirst().rule());
    var texts = Wording.texts(notice, clock.instant());
    var popup =
        new Popup(
            bus.socket(),
            notice.urgency(),
            texts.title(),
            texts.body(),
            last.get(place));
    return switch (command.run(popup.bytes(), Answer.MOST_BYTES)) {
      case Command.Outcome.NotStarted _ -> new Receipt.Failed(Reason.NOT_STARTED);
      case Command.Outcome.TimedOut _ -> new Receipt.Failed(Reason.TIME_LIMIT);
      case Command.Outcome.TooMuchOutput _ -> new Receipt.Failed(Reason.BAD_ANSWER);
      case Command.Outcome.Exited(var code, var output, var _) ->
          code == 0 ? receipt(place, output) : new Receipt.Failed(Reason.NOT_STARTED);
    };
  }

  private Receipt receipt(Place place, byte[] output) {
    try {
      return switch (Answer.read(output)) {
        case Answer.Shown(var handle) -> {
          last.put(place, handle);
          yield new Receipt.Shown(Receipt.Channel.DESKTOP, clock.instant());
        }
        case Answer.NoSession _ -> new Receipt.NoSession();
        case Answer.TimeLimit _ -> new Receipt.Failed(Reason.TIME_LIMIT);
        case Answer.SessionError _ -> new Receipt.Failed(Reason.SESSION_ERROR);
      };
    } catch (JsonException e) {
      return new Receipt.Failed(Reason.BAD_ANSWER);
    }
  }
}
