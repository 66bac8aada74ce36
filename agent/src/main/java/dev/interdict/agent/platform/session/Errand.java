package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.NoticeJson;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the guard sends a worker to do: tell one notice in one way.
///
/// @param guard the socket on which the guard hears what the person answers
/// @param bus the session's message bus, where the way and the system need one
/// @param replaces the messages that give way to this one; at most one for each of its rules
public record Errand(
    Way way, Path guard, @Nullable Path bus, List<Handle> replaces, Notice notice) {
  /// The notice and a little around it.
  public static final int MOST_BYTES = NoticeJson.MOST_BYTES + (8 << 10);

  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 8, 16 << 10, 4_000, false);

  /// How a notice is to reach its person.
  public enum Way {
    /// On the desktop, with buttons.
    DESKTOP,
    /// On the terminals that the person has open.
    TERMINALS,
    /// As lines for a terminal, which whoever sent the worker shows.
    TEXT
  }

  public Errand {
    replaces = List.copyOf(replaces);
  }

  /// The same, in place of these messages.
  Errand replacing(List<Handle> messages) {
    return new Errand(way, guard, bus, messages, notice);
  }

  public byte[] bytes() {
    return JsonWriter.compact(
        Json.object()
            .put("way", Fields.written(way))
            .put("guard", guard.toString())
            .put("bus", bus == null ? null : bus.toString())
            .put("replaces", replaces.stream().map(Handle::json).toList())
            .put("notice", NoticeJson.write(notice))
            .build());
  }

  /// @throws JsonException if `bytes` are no errand of ours
  public static Errand read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var way = fields.choice("way", Way.class);
    var guard = Path.of(fields.parsed("guard", Errand::absolute, "/"));
    var bus = fields.optionalParsed("bus", Errand::absolute, "");
    var replaces = fields.list("replaces", (item, at) -> Handle.read(Fields.of(item, at, faults)));
    var notice = fields.required("notice");
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("no notice to show: " + faults.getFirst());
    }
    return new Errand(
        way, guard, bus.isEmpty() ? null : Path.of(bus), replaces, NoticeJson.read(notice));
  }

  private static String absolute(String path) {
    if (!Path.of(path).isAbsolute()) {
      throw new IllegalArgumentException("must be an absolute path");
    }
    return path;
  }
}
