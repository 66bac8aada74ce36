package dev.interdict.server.fleet;

import java.util.Locale;

/// Whether a device counts. Whatever its standing, it gets the blocklist and its reports are kept.
public enum Standing {
  /// It counts.
  ACTIVE,
  /// Until somebody approves it.
  WAITING,
  /// Taken out of the fleet by somebody.
  RETIRED,
  /// Somebody decided that it is none of the fleet.
  REFUSED,
  /// Another device stands in its place: the machine was set up anew, or has a new key.
  SUPERSEDED;

  /// The word in the database and in JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
