package dev.interdict.server.web;

import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.LocalPath;
import org.jspecify.annotations.Nullable;

/// Where a person wanted to go before signing in: always a path of this console, never another
/// host. Pure functions.
final class Destination {
  private static final String HOME = "/";

  private Destination() {}

  /// The address that was asked for.
  static String of(HttpRequest request) {
    return checked(request.target());
  }

  /// `given` if it is a path of this console, else the overview.
  static String checked(@Nullable String given) {
    return given != null && LocalPath.is(given) ? given : HOME;
  }
}
