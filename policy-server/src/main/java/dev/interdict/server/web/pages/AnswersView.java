package dev.interdict.server.web.pages;

import dev.interdict.server.web.Query;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.Map;

/// Several things side by side, as the API answers them; what somebody may not see is empty.
/// Immutable.
///
/// @param answers by the names that the template knows
/// @param me the account of whoever looks
public record AnswersView(
    String template, Map<String, Row> answers, Query query, String me, Clock clock)
    implements View {
  public AnswersView {
    answers = Map.copyOf(answers);
  }

  /// The answer of that name; one without members where there is none.
  public Row of(String name) {
    return answers.getOrDefault(name, Row.NONE);
  }
}
