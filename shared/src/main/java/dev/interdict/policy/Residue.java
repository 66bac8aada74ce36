package dev.interdict.policy;

import java.util.Locale;

/// What a tool can leave behind, or what would bring it back. Told, never counted as installed.
public enum Residue {
  /// A service or agent of the user's session or the machine, by its unit's or label's name.
  SERVICE,
  /// A program that starts with the session, by the file name of its entry.
  AUTOSTART,
  /// A place that packages come from, by its address without the scheme.
  REPOSITORY,
  /// A browser's native-messaging host, by its name.
  NATIVE_MESSAGING,
  /// A handler of an address scheme, by the scheme.
  URL_HANDLER,
  /// A line in a shell's start-up file that calls it, by the command's name.
  ALIAS,
  /// The user's data or settings, by their place below the home.
  DATA;

  /// As rules and reports write it.
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
