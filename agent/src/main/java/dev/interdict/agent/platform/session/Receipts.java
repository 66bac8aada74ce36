package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.json.Fields;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Tells the guard what a person did with a notice. Nothing depends on it: where the guard is away,
/// the person's answer counts all the same.
///
/// @param channel on which the notice was
public record Receipts(GuardClient guard, Receipt.Channel channel) {

  /// What can happen to a notice.
  public enum Outcome {
    SHOWN,
    CLICKED,
    CLOSED
  }

  /// Notes `outcome`.
  ///
  /// @param choice the key that was clicked, or null
  public void note(Notice notice, Outcome outcome, @Nullable String choice) {
    var with = new LinkedHashMap<String, String>();
    with.put("channel", Fields.written(channel));
    with.put("outcome", Fields.written(outcome));
    if (choice != null) {
      with.put("choice", choice);
    }
    try {
      guard.ask("receipt", notice.id(), with);
    } catch (IOException e) {
      // The guard is away or does not know the notice any more.
    }
  }
}
