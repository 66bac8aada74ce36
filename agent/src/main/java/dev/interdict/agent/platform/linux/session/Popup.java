package dev.interdict.agent.platform.linux.session;

import dev.interdict.agent.notice.Notice;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What the guard asks of the worker: one message on one bus.
///
/// @param replaces the message that gives way to this one, or null
record Popup(
    Path bus, Notice.Urgency urgency, String title, String body, @Nullable Handle replaces) {
  static final int MOST_BYTES = 16 << 10;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 4, 4 << 10, 64, false);

  /// Names a message that a notification service showed.
  ///
  /// @param service which service on which bus; the numbers of another one mean other messages,
  ///   which would be somebody else's to replace
  /// @param id its number there, unsigned 32 bits, never 0
  record Handle(String service, long id) {
    static final long MOST = 0xFFFF_FFFFL;

    static Handle read(Fields fields) {
      var service = fields.parsed("service", Handle::checked, "-");
      var handle = new Handle(service, fields.integer("id", 1, MOST));
      fields.end();
      return handle;
    }

    private static String checked(String service) {
      if (service.length() > 100 || !service.chars().allMatch(Handle::plain)) {
        throw new IllegalArgumentException("is no name of a service");
      }
      return service;
    }

    private static boolean plain(int c) {
      return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || ":._-".indexOf(c) >= 0;
    }

    Json json() {
      return Json.object().put("service", service).put("id", id).build();
    }
  }

  byte[] bytes() {
    return JsonWriter.compact(
        Json.object()
            .put("bus", bus.toString())
            .put("urgency", Fields.written(urgency))
            .put("title", title)
            .put("body", body)
            .put("replaces", replaces == null ? null : replaces.json())
            .build());
  }

  /// @throws JsonException if `bytes` are no message of ours
  static Popup read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var replaces = fields.optionalObject("replaces");
    var popup =
        new Popup(
            Path.of(fields.parsed("bus", Popup::absolute, "/")),
            fields.choice("urgency", Notice.Urgency.class),
            fields.text("title"),
            fields.text("body"),
            replaces == null ? null : Handle.read(replaces));
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("no notice to show: " + faults.getFirst());
    }
    return popup;
  }

  private static String absolute(String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must be an absolute path");
    }
    return path;
  }
}
