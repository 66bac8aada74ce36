package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Receipt;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the worker answers. To the guard it is a claim from a process that its user can take over,
/// so it has no room for anything but these words.
public sealed interface Answer {
  /// A few lines of text, at most.
  int MOST_BYTES = 8 << 10;

  /// The limits under which an answer is read.
  JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 3, 1 << 10, 40, false);

  /// @param handle names the message where a later one can replace it
  record Shown(@Nullable Handle handle) implements Answer {}

  /// The notice as lines for a terminal; nobody has seen it yet.
  record Text(List<String> lines) implements Answer {
    public Text {
      lines = List.copyOf(lines);
    }
  }

  /// Not shown, because the session asks for quiet.
  record DoNotDisturb(Receipt.Wish wish) implements Answer {}

  /// Nothing is there on which it could be shown.
  record NoSession() implements Answer {}

  record TimeLimit() implements Answer {}

  record SessionError() implements Answer {}

  private String word() {
    return switch (this) {
      case Shown _ -> "shown";
      case Text _ -> "text";
      case DoNotDisturb _ -> "do-not-disturb";
      case NoSession _ -> "no-session";
      case TimeLimit _ -> "time-limit";
      case SessionError _ -> "session-error";
    };
  }

  default byte[] bytes() {
    var json = Json.object().put("answer", word());
    switch (this) {
      case Shown(var handle) -> json.put("handle", handle == null ? null : handle.json());
      case Text(var lines) -> json.put("lines", lines.stream().map(Json.Text::new).toList());
      case DoNotDisturb(var wish) -> json.put("wish", Fields.written(wish));
      case NoSession _, TimeLimit _, SessionError _ -> {}
    }
    return JsonWriter.compact(json.build());
  }

  /// @throws JsonException if `bytes` are no answer
  static Answer read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var answer =
        switch (fields.text("answer")) {
          case "shown" -> new Shown(handle(fields.optionalObject("handle")));
          case "text" -> text(fields);
          case "do-not-disturb" -> new DoNotDisturb(fields.choice("wish", Receipt.Wish.class));
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

  private static Text text(Fields fields) throws JsonException {
    var lines = fields.texts("lines");
    if (lines.isEmpty()) {
      throw new JsonException("a text without lines");
    }
    return new Text(lines);
  }

  private static @Nullable Handle handle(@Nullable Fields fields) {
    return fields == null ? null : Handle.read(fields);
  }
}
