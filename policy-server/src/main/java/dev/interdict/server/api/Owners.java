package dev.interdict.server.api;

import dev.interdict.server.access.ApiToken;
import dev.interdict.server.access.ApiTokens;

/// Who is behind a name in a record: of a token, whoever made it. So nobody is two people by having
/// a program do the first half of what takes two. Thread-safe.
record Owners(ApiTokens tokens) {
  private static final String TOKEN = "token:";

  /// The account of the person behind `actor`.
  String of(String actor) {
    return actor.startsWith(TOKEN)
        ? tokens.list().stream()
            .filter(token -> token.name().equals(actor.substring(TOKEN.length())))
            .map(ApiToken::createdBy)
            .findFirst()
            .orElse(actor)
        : actor;
  }

  /// Refuses to let the same person do the second step who is behind the first.
  void apart(String first, String second, String what) {
    if (!first.equals(second) && of(first).equals(of(second))) {
      throw Problem.notDone(
          first + ", which " + what + ", was made by " + second + "; somebody else decides");
    }
  }
}
