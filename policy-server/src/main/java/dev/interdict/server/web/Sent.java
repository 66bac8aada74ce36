package dev.interdict.server.web;

import java.util.List;
import java.util.Map;

/// A form that was sent, and what came of it: shown again on its page, so that nothing that was
/// typed is lost, with what has to change; or with the answer, where that is shown once and kept
/// nowhere. Immutable.
///
/// @param href where it went
/// @param status what the API answered
/// @param id under which the server's log has it
public record Sent(
    String href, Map<String, List<String>> fields, int status, Row answer, String id) {
  /// What was typed; empty where nothing was.
  public String value(String name) {
    var values = fields.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getLast();
  }

  /// Whether all of it was done.
  public boolean done() {
    return status < 400 && failed().isEmpty();
  }

  /// Of what was to be done to several, those to which it was not, each with its reason.
  public List<Row> failed() {
    return answer.rows("failed");
  }

  /// The kind of the problem, such as `conflict`.
  public String kind() {
    var type = answer.text("type");
    return type.substring(type.lastIndexOf(':') + 1);
  }

  /// What is wrong with a field; [Row#NONE] if nothing is.
  public Row fault(String name) {
    for (var fault : answer.rows("errors")) {
      var at = fault.text("at").replaceFirst("^/", "").replace('/', '.');
      if (at.equals(name) || at.startsWith(name + ".")) {
        return fault;
      }
    }
    return Row.NONE;
  }
}
