package dev.interdict.server.access;

import dev.interdict.server.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// By what a browser is known again in which somebody signed in: a secret in a cookie. It lets
/// nobody in; it gives attempts of its own to whoever signs in there again, so that strangers
/// behind the same address, or with the same name, use up theirs alone.
public final class Browser {
  /// For how long it is known.
  static final Duration KNOWN = Duration.ofDays(30);

  private static final String COOKIE = "interdict-browser";
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private Browser() {}

  /// The secret of the request's cookie, or null.
  public static @Nullable String of(HttpRequest request) {
    var value = request.cookie(name(request));
    return value != null && SECRET.matcher(value).matches() ? value : null;
  }

  /// The `Set-Cookie` field by which it is known from now on.
  public static String cookie(HttpRequest request, String secret) {
    return name(request)
        + "="
        + secret
        + Gate.attributes(request)
        + "; Max-Age="
        + KNOWN.toSeconds();
  }

  private static String name(HttpRequest request) {
    return request.secure() ? "__Host-" + COOKIE : COOKIE;
  }
}
