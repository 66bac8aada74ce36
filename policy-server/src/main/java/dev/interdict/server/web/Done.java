package dev.interdict.server.web;

import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.SetCookie;
import org.jspecify.annotations.Nullable;

/// Remembers from a form that was done to the page shown after it what to tell, in a cookie that
/// the page takes away. It holds the name of an operation, or of something else that came of it,
/// and nothing else. Pure functions.
final class Done {
  private static final String COOKIE = "done";
  private static final int SECONDS = 60;

  private Done() {}

  static HttpResponse tell(HttpResponse answer, String operation, HttpRequest request) {
    return answer.with("Set-Cookie", cookie(operation, SECONDS, request));
  }

  static HttpResponse told(HttpResponse answer, HttpRequest request) {
    return answer.with("Set-Cookie", cookie("", 0, request));
  }

  /// What to tell, or null.
  static @Nullable String message(HttpRequest request, Words words) {
    var operation = request.cookie(COOKIE);
    var key = "done." + operation;
    return operation == null ? null : words.text(words.keys().contains(key) ? key : "done.other");
  }

  private static String cookie(String value, int seconds, HttpRequest request) {
    return SetCookie.field(request, COOKIE, value, SetCookie.SameSite.STRICT, seconds);
  }
}
