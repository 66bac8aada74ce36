package dev.interdict.agent.notice;

import dev.interdict.agent.inventory.Home;
import dev.interdict.policy.Language;
import java.time.ZoneId;

/// The person who is told.
///
/// @param language to write in where the person's session says nothing else
/// @param zone in which the person lives, where the session says nothing else; "tomorrow" is only
///   written where it is the same day there
public record Recipient(Home home, Language language, ZoneId zone) {

  /// The number of the account in whose session the notice appears.
  public int uid() {
    return home.uid();
  }
}
