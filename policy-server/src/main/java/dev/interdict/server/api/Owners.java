package dev.interdict.server.api;

import dev.interdict.server.access.ApiToken;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.wording.Sentence;
import org.jspecify.annotations.Nullable;

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
  void apart(String first, String second, Sentence what) {
    var same = together(first, second, what);
    if (same != null) {
      throw Problem.notDone(same);
    }
  }

  /// Why the same person is behind both; null where they are two, or one of that very name.
  @Nullable Sentence together(String first, String second, Sentence what) {
    return !first.equals(second) && of(first).equals(of(second))
        ? Sentence.of(
            "token.same-person",
            "%s, which %s, was made by %s; somebody else decides",
            first,
            what,
            second)
        : null;
  }
}
