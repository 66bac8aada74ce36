package dev.interdict.agent.notice;

import java.util.List;

/// Tries channels in order until one has shown the notice. Where none has, the receipt is the one
/// that says most: failed over refused over not to be disturbed over no session.
public final class FirstShown implements Notifier {
  private final List<Notifier> channels;

  public FirstShown(Notifier... channels) {
    this.channels = List.of(channels);
  }

  @Override
  public Receipt show(Notice notice) {
    Receipt best = new Receipt.NoSession();
    for (var channel : channels) {
      var receipt = channel.show(notice);
      if (receipt instanceof Receipt.Shown) {
        return receipt;
      }
      if (weight(receipt) > weight(best)) {
        best = receipt;
      }
    }
    return best;
  }

  private static int weight(Receipt receipt) {
    return switch (receipt) {
      case Receipt.NoSession _ -> 0;
      case Receipt.DoNotDisturb _ -> 1;
      case Receipt.Refused _ -> 2;
      case Receipt.Failed _ -> 3;
      case Receipt.Shown _ -> 4;
    };
  }
}
