package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import java.io.PrintStream;
import java.time.InstantSource;

/// Shows notices on a stream, as [TerminalText] has them. Not thread-safe.
///
/// It writes where it is told to and asks nothing of it: whether somebody sits in front of the
/// stream is for the caller to know.
public final class TerminalNotifier implements Notifier {
  private final PrintStream out;
  private final boolean colour;
  private final InstantSource clock;

  /// @param out where to write, in its own character set
  /// @param colour whether the title may be bold
  public TerminalNotifier(PrintStream out, boolean colour, InstantSource clock) {
    this.out = out;
    this.colour = colour;
    this.clock = clock;
  }

  @Override
  public Receipt show(Notice notice) {
    var lines = TerminalText.lines(Wording.texts(notice, clock.instant()), colour);
    var encoder = out.charset().newEncoder();
    if (!lines.stream().allMatch(encoder::canEncode)) {
      return new Receipt.Failed(Receipt.Reason.CHARACTER_SET);
    }
    out.print(String.join("\n", lines) + "\n");
    return out.checkError()
        ? new Receipt.Failed(Receipt.Reason.WRITE_ERROR)
        : new Receipt.Shown(Receipt.Channel.TERMINAL, clock.instant());
  }
}
