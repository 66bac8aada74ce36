package dev.interdict.agent.guard;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.decide.TimeView;
import java.io.IOException;
import java.time.Duration;

/// Keeps a minimum notice whole that began while trusted time lagged behind: on a machine that was
/// off and came back without its server, a notice seems to be shown long before it is, and the
/// first contact would use the notice up at once.
///
/// @param ledger gets what has to be known of it, for each rule of which somebody was told
record Leap(Ledger ledger) {
  /// Less than this is drift, or the time that an exchange takes.
  private static final Duration LEAST = Duration.ofHours(1);

  /// To be called after each exchange.
  void note(TimeView before, TimeView after) throws IOException {
    var by = Duration.between(before.trusted(), after.trusted());
    if (by.compareTo(LEAST) < 0) {
      return;
    }
    for (var rule : ledger.rules()) {
      if (ledger.of(rule).toldSince(before.confirmed())) {
        ledger.append(new Entry.Leapt(rule, after.trusted(), before.confirmed(), by));
      }
    }
  }
}
