package dev.interdict.agent.page;

import com.sun.net.httpserver.Headers;
import java.util.List;

/// Lets in only the browser that the page was opened for, speaking to this page and from it.
///
/// @param authority `127.0.0.1:PORT`
record Gate(String authority, Tokens tokens) {
  /// The cookie's name.
  static final String COOKIE = "interdict-page";

  private static final int MOST_COOKIES = 4 << 10;

  /// Whether the request is meant for this page: another name that leads here (DNS rebinding) is
  /// turned away.
  boolean addressed(Headers headers) {
    return List.of(authority).equals(headers.get("Host"));
  }

  /// Whether the request comes from the browser that used the one-time token.
  boolean known(Headers headers) {
    return headers.getOrDefault("Cookie", List.of()).stream()
        .anyMatch(line -> tokens.isSession(cookie(line)));
  }

  /// The value of our cookie in a `Cookie` line (RFC 6265, 4.2.1), or an empty text where there is
  /// none or more than one.
  static String cookie(String line) {
    var found = "";
    if (line.length() > MOST_COOKIES) {
      return "";
    }
    for (var pair : line.split(";")) {
      var equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(COOKIE)) {
        if (!found.isEmpty()) {
          return "";
        }
        found = pair.substring(equals + 1).strip();
      }
    }
    return found;
  }

  /// Whether a form was sent from this page. Under `no-referrer` a browser writes `Origin: null`
  /// (Fetch, "append a request Origin header"); then it must say in another way that the origin is
  /// ours.
  boolean fromHere(Headers headers) {
    var origin = headers.getOrDefault("Origin", List.of());
    var site = headers.getOrDefault("Sec-Fetch-Site", List.of());
    if (!site.isEmpty() && !site.equals(List.of("same-origin"))) {
      return false;
    }
    return origin.equals(List.of("http://" + authority))
        || !site.isEmpty() && (origin.isEmpty() || origin.equals(List.of("null")));
  }
}
