package dev.interdict.server.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// What every answer carries, errors included. A handler may replace `Cache-Control`.
final class SecurityHeaders {
  static final List<HttpField> ALWAYS =
      List.of(
          header(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"
                  + " 'none'; require-trusted-types-for 'script'; trusted-types default"),
          header("Strict-Transport-Security", "max-age=31536000"),
          header("X-Content-Type-Options", "nosniff"),
          header("Referrer-Policy", "no-referrer"),
          header("Cross-Origin-Opener-Policy", "same-origin"),
          header("Cross-Origin-Resource-Policy", "same-origin"),
          header("Cache-Control", "no-store"));

  private SecurityHeaders() {}

  private static HttpField header(String name, String value) {
    return new PreEncodedHttpField(name, value);
  }
}
