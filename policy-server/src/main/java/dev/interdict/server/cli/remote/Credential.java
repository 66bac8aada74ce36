package dev.interdict.server.cli.remote;

import java.net.http.HttpRequest;

/// What lets a command in.
sealed interface Credential {

  /// A program's token.
  record Token(String secret) implements Credential {}

  /// A person's session, as browsers have one.
  ///
  /// @param cookie name and value
  /// @param csrf what a change carries besides
  record SignedIn(String cookie, String csrf) implements Credential {}

  /// Puts it on a request.
  default void addTo(HttpRequest.Builder request) {
    switch (this) {
      case Token(var secret) -> request.header("Authorization", "Bearer " + secret);
      case SignedIn(var cookie, var csrf) ->
          request
              .header("Cookie", cookie)
              .header("X-CSRF-Token", csrf)
              .header("Sec-Fetch-Site", "same-origin");
    }
  }
}
