package dev.interdict.server.cli.doctor;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;

/// The answer to one question.
///
/// @param question a stable name
/// @param detail what was seen
/// @param advice what to do; empty where nothing is
public record Answer(String question, Level level, String detail, String advice) {
  /// How good it is.
  public enum Level {
    GOOD,
    /// Nothing is broken yet.
    WATCH,
    BAD
  }

  static Answer good(String question, String detail) {
    return new Answer(question, Level.GOOD, detail, "");
  }

  static Answer watch(String question, String detail, String advice) {
    return new Answer(question, Level.WATCH, detail, advice);
  }

  static Answer bad(String question, String detail, String advice) {
    return new Answer(question, Level.BAD, detail, advice);
  }

  /// For programs.
  public Json json() {
    return Json.object()
        .put("question", question)
        .put("level", Fields.written(level))
        .put("detail", detail)
        .put("advice", advice.isEmpty() ? null : advice)
        .build();
  }
}
