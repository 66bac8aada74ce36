package dev.interdict.agent.platform.macos.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Shows notices on a Mac's desktop, through a worker that `launchctl asuser` puts into the session
/// of the person and `sudo` makes that person. Not run on macOS so far. Thread-safe.
///
/// Whoever is not logged in at the desktop has no session to be put into: `launchctl` then fails,
/// and the notice counts as not shown.
public final class MacNotifier implements Notifier {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path launchctl;
  private final Path sudo;
  private final List<String> worker;
  private final Path guard;
  private final Workers workers;

  /// With the system's own programs.
  public MacNotifier(List<String> worker, Path guard, Workers workers) {
    this(Path.of("/bin/launchctl"), Path.of("/usr/bin/sudo"), worker, guard, workers);
  }

  MacNotifier(Path launchctl, Path sudo, List<String> worker, Path guard, Workers workers) {
    this.launchctl = launchctl;
    this.sudo = sudo;
    this.worker = List.copyOf(worker);
    this.guard = guard;
    this.workers = workers;
  }

  @Override
  public Receipt show(Notice notice) {
    var uid = notice.recipient().uid();
    // By number: a name could be one that sudo reads as something else.
    var line =
        new ArrayList<>(
            List.of("asuser", Integer.toString(uid), sudo.toString(), "-n", "-u", "#" + uid, "--"));
    line.addAll(worker);
    var errand = new Errand(Errand.Way.DESKTOP, guard, null, List.of(), notice);
    return workers.show(Command.of(launchctl, line, LIMIT), errand, Receipt.Channel.DESKTOP);
  }
}
