package dev.interdict.agent.guard;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes down who was told what, and says what a test wants of it.
final class RecordingNotifier implements Notifier {
  final List<String> told = new ArrayList<>();
  final Set<String> absent = new HashSet<>();
  boolean sessions = true;

  @Override
  public Receipt show(Notice notice) {
    if (!sessions || absent.contains(notice.recipient().home().user())) {
      return new Receipt.NoSession();
    }
    var more = notice.matters().size() - 1;
    told.add(
        notice.matters().getFirst().rule()
            + " "
            + notice.matters().getFirst().phase().key()
            + " "
            + notice.recipient().home().user()
            + (more == 0 ? "" : " + " + more));
    return new Receipt.Shown(Receipt.Channel.DESKTOP, Instant.EPOCH);
  }
}
