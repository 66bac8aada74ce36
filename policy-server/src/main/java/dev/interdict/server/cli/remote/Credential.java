package dev.interdict.server.cli.remote;

import java.net.http.HttpRequest;

/// What lets a command in.
sealed interface Credential {

  /// Nothing yet.
  record None() implements Credential {}

  /// A program's token.
  record Token(String secret) implements Credential {
    /// Leaves the secret out.
    @Override
    public String toString() {
      return "Token";
    }
  }

  /// A person's session, as browsers have one.
  ///
  /// @param cookie name and value
  /// @param csrf what a change carries besides
  record SignedIn(String cookie, String csrf) implements Credential {
    /// Leaves both out.
    @Override
    public String toString() {
      return "SignedIn";
    }
  }

  /// Puts it on a request.
  default void addTo(HttpRequest.Builder request) {
    switch (this) {
      case None() -> {
        // Nobody.
      }
      case Token(var secret) -> request.header("Authorization", "Bearer " + secret);
      case SignedIn(var cookie, var csrf) ->
          request
              .header("Cookie", cookie)
              .header("X-CSRF-Token", csrf)
              .header("Sec-Fetch-Site", "same-origin");
    }
  }
}
