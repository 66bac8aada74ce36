package dev.interdict.server.fleet;

import java.util.Locale;

/// A host name as it is compared: its first label in lower case, because a company's list and a
/// device seldom agree on the rest.
public final class HostKey {
  private HostKey() {}

  /// That of a name; empty of one that names no host.
  public static String of(String host) {
    var name = host.strip().toLowerCase(Locale.ROOT);
    var dot = name.indexOf('.');
    var label = dot < 0 ? name : name.substring(0, dot);
    return label.equals("localhost") || label.equals("unknown") ? "" : label;
  }
}
