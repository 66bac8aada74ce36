package dev.interdict.agent.platform.linux.session;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.util.ArrayList;

/// What the worker answers. To the guard it is a claim from a process that its user can take over,
/// so it has no room for anything but these words.
sealed interface Answer {
  int MOST_BYTES = 1 << 10;
  JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 3, 128, 16, false);

  record Shown(Popup.Handle handle) implements Answer {}

  /// No bus, or no notification service on it.
  record NoSession() implements Answer {}

  record TimeLimit() implements Answer {}

  record SessionError() implements Answer {}

  private String word() {
    return switch (this) {
      case Shown _ -> "shown";
      case NoSession _ -> "no-session";
      case TimeLimit _ -> "time-limit";
      case SessionError _ -> "session-error";
    };
  }

  default byte[] bytes() {
    return JsonWriter.compact(
        Json.object()
            .put("answer", word())
            .put("handle", this instanceof Shown(var handle) ? handle.json() : null)
            .build());
  }

  /// @throws JsonException if `bytes` are no answer
  static Answer read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var answer =
        switch (fields.text("answer")) {
          case "shown" -> new Shown(Popup.Handle.read(fields.object("handle")));
          case "no-session" -> new NoSession();
          case "time-limit" -> new TimeLimit();
          case "session-error" -> new SessionError();
          default -> throw new JsonException("an unknown word for an answer");
        };
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("no answer: " + faults.size() + " faults");
    }
    return answer;
  }
}
