package dev.interdict.demo.stage;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON object that a program or the server gave as its answer.
///
/// @param from who gave it, for messages
public record Answer(String from, Json.Obj json) {

  /// Reads `text`.
  public static Answer read(String from, String text) throws DemoException {
    try {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      if (JsonReader.read(bytes, JsonLimits.OWN) instanceof Json.Obj json) {
        return new Answer(from, json);
      }
      throw new JsonException("it is no object");
    } catch (JsonException e) {
      throw new DemoException(from + " gave an answer that is not understood: " + e.getMessage());
    }
  }

  public String text(String name) throws DemoException {
    var text = optionalText(name);
    if (text == null) {
      throw new DemoException(from + " gave an answer without " + name);
    }
    return text;
  }

  public @Nullable String optionalText(String name) {
    return json.get(name) instanceof Json.Text(var text) ? text : null;
  }

  public long number(String name) throws DemoException {
    if (json.get(name) instanceof Json.Int(var number)) {
      return number;
    }
    throw new DemoException(from + " gave an answer without " + name);
  }

  /// The objects in a list; empty where there is none.
  public List<Answer> list(String name) {
    return json.get(name) instanceof Json.Arr(var items)
        ? items.stream()
            .filter(Json.Obj.class::isInstance)
            .map(item -> new Answer(from, (Json.Obj) item))
            .toList()
        : List.of();
  }
}
