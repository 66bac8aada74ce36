package dev.interdict.server.web.pages;

import dev.interdict.server.http.RefusedException;
import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Page.Ask;
import dev.interdict.server.web.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks for what stands side by side on one page: each part for those who may see it, so that a
/// page is there for whoever may see some of it. For one request.
final class Answered {
  private final Ask ask;
  private final Map<String, Row> answers = new LinkedHashMap<>();

  Answered(Ask ask) {
    this.ask = ask;
  }

  /// Asks where they may; else the part is empty.
  Answered with(String name, String operation, String... pairs) {
    if (ask.api().may(operation)) {
      answers.put(name, ask.api().read(operation, parameters(pairs)));
    }
    return this;
  }

  /// The same for what can be in a state that nobody can read, which the page then says instead of
  /// showing nothing else: the part is what the API says, with its `title`.
  Answered orWhy(String name, String operation, String... pairs) {
    try {
      return with(name, operation, pairs);
    } catch (RefusedException e) {
      answers.put(name, Asking.told(e));
      return this;
    }
  }

  AnswersView shown(String template, Fleet fleet) {
    return new AnswersView(template, answers, ask.query(), ask.session().account(), fleet.clock());
  }

  Map<String, Row> answers() {
    return answers;
  }

  private static Map<String, List<String>> parameters(String... pairs) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], List.of(pairs[i + 1]));
    }
    return parameters;
  }
}
