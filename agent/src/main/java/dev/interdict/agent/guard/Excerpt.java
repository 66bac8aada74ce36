package dev.interdict.agent.guard;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.ReportJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A report as one of several people of a device may see it: without what concerns another one.
/// Where nothing does, the very bytes.
///
/// @param leftOut how many findings, notices and answers of others are not there
record Excerpt(byte[] bytes, int leftOut) {

  /// @param pseudonym of the person who looks
  static Excerpt of(byte[] report, String pseudonym) {
    try {
      var own = new Reading(pseudonym);
      var excerpt = own.without(JsonReader.read(report, ReportJson.LIMITS));
      return own.leftOut == 0
          ? new Excerpt(report, 0)
          : new Excerpt(JsonWriter.compact(excerpt), own.leftOut);
    } catch (JsonException e) {
      return new Excerpt(new byte[0], 1);
    }
  }

  private static final class Reading {
    private final String pseudonym;
    private int leftOut;

    Reading(String pseudonym) {
      this.pseudonym = pseudonym;
    }

    Json without(Json json) {
      return switch (json) {
        case Json.Obj object -> {
          SequencedMap<String, Json> members = new LinkedHashMap<>();
          object.members().forEach((name, value) -> members.put(name, without(value)));
          yield new Json.Obj(members);
        }
        case Json.Arr array -> {
          var items = new ArrayList<Json>();
          for (var item : array.items()) {
            if (others(item)) {
              leftOut++;
            } else {
              items.add(without(item));
            }
          }
          yield new Json.Arr(items);
        }
        default -> json;
      };
    }

    private boolean others(Json item) {
      return item instanceof Json.Obj object
          && (another(object.get("owner")) || another(object.get("person")));
    }

    private boolean another(@Nullable Json name) {
      return name instanceof Json.Text(var text) && !text.equals(pseudonym);
    }
  }
}
