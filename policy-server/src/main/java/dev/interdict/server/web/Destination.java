package dev.interdict.server.web;

import dev.interdict.server.http.HttpRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a person wanted to go before signing in: always a path of this console, never another
/// host. Pure functions.
final class Destination {
  private static final String HOME = "/";
  private static final int LONGEST = 1000;
  private static final Pattern PATH =
      Pattern.compile("/(?:[A-Za-z0-9_.~-][!-\\[\\]-~]*|\\?[!-\\[\\]-~]*)?");

  private Destination() {}

  /// The address that was asked for.
  static String of(HttpRequest request) {
    var query = request.query();
    return checked(query == null ? request.path() : request.path() + "?" + query);
  }

  /// `given` if it is a path of this console, else the overview.
  static String checked(@Nullable String given) {
    return given != null && given.length() <= LONGEST && PATH.matcher(given).matches()
        ? given
        : HOME;
  }
}
