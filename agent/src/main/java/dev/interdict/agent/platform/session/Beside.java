package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;

/// Shows a notice on two channels, since nobody knows on which of them the person is looking.
///
/// @param first whose receipt counts, unless only the other one has shown the notice
public record Beside(Notifier first, Notifier second) implements Notifier {
  @Override
  public Receipt show(Notice notice) {
    var receipt = first.show(notice);
    var other = second.show(notice);
    return other instanceof Receipt.Shown && !(receipt instanceof Receipt.Shown) ? other : receipt;
  }
}
