package dev.interdict.agent.guard;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Writes down who was told what, and says what a test wants of it.
final class RecordingNotifier implements Notifier {
  final List<String> told = new ArrayList<>();
  boolean sessions = true;

  @Override
  public Receipt show(Notice notice) {
    if (!sessions) {
      return new Receipt.NoSession();
    }
    told.add(notice.matters().getFirst().rule()
            + " "
            + notice.matters().getFirst().phase().key() + " " + notice.recipient().home().user());
    return new Receipt.Shown(Receipt.Channel.DESKTOP, Instant.EPOCH);
  }
}
