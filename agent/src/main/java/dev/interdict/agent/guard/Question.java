package dev.interdict.agent.guard;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/// What somebody asks through the socket.
///
/// @param ask the verb
/// @param about what it is about: mostly a rule; empty where nothing is named
/// @param with what else belongs to it, by name
record Question(String ask, String about, Map<String, String> with) {
  static final int MOST_BYTES = 8 << 10;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 3, 4 << 10, 32, false);

  Question {
    with = Map.copyOf(with);
  }

  /// A question about nothing more than a name.
  Question(String ask, String about) {
    this(ask, about, Map.of());
  }

  /// The member of that name, or an empty text.
  String text(String name) {
    return with.getOrDefault(name, "");
  }

  /// @throws JsonException if `bytes` are no question
  static Question read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var ask = fields.text("ask");
    var about = fields.optionalText("about");
    var with = new HashMap<String, String>();
    if (fields.has("with") && fields.optional("with") instanceof Json.Obj members) {
      members
          .members()
          .forEach((name, value) -> {
            if (value instanceof Json.Text(var text)) {
              with.put(name, text);
            } else if (value != Json.Null.NULL) {
              faults.add(new Fault("/with/" + name, "must be a text"));
            }
          });
    }
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    return new Question(ask, about == null ? "" : about, with);
  }
}
