package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.util.List;

/// How workstations join. Immutable.
///
/// @param tokens those that admit somebody first
/// @param lines what to type to install an agent
/// @param rule one that is published; empty without
public record EnrolmentView(
    AnswersView answers, List<Token> tokens, List<InstallLines.Lines> lines, String rule)
    implements View {
  public EnrolmentView {
    tokens = List.copyOf(tokens);
    lines = List.copyOf(lines);
  }

  /// A token.
  ///
  /// @param state `usable`, `revoked`, `expired` or `used-up`
  public record Token(Row row, String state) {
    /// Whether it admits anybody.
    public boolean usable() {
      return state.equals("usable");
    }
  }

  @Override
  public String template() {
    return answers.template();
  }

  static List<Token> tokens(Row answer, Instant now) {
    return answer.rows("tokens").stream()
        .map(row -> new Token(row, state(row, now)))
        .sorted((one, other) -> Boolean.compare(other.usable(), one.usable()))
        .toList();
  }

  private static String state(Row token, Instant now) {
    var expires = token.instant("expires");
    if (token.has("revoked")) {
      return "revoked";
    }
    return expires != null && !expires.isAfter(now)
        ? "expired"
        : token.number("uses-left") == 0 ? "used-up" : "usable";
  }
}
