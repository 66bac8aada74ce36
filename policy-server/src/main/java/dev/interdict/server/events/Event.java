package dev.interdict.server.events;

import dev.interdict.json.Json;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One thing that happened. Immutable.
///
/// @param seq orders events as they were committed
/// @param id the same however often it is sent; 32 hex digits after `evt_`
/// @param type the word of its kind, also of one that only a newer server knows
/// @param actor an account's name or what acted by itself; null where a device told it
/// @param device the device's id; null where it concerns none
/// @param rule the rule's id; null where it concerns none
/// @param detail texts, whole numbers and truth values by name
public record Event(
    long seq,
    String id,
    Instant at,
    EventKind kind,
    String type,
    @Nullable String actor,
    @Nullable String device,
    @Nullable String rule,
    Json.Obj detail) {

  /// One of a kind that is known here.
  public Event(
      long seq,
      String id,
      Instant at,
      EventKind kind,
      @Nullable String actor,
      @Nullable String device,
      @Nullable String rule,
      Json.Obj detail) {
    this(seq, id, at, kind, kind.word(), actor, device, rule, detail);
  }

  /// One short sentence without a full stop; of a kind that is not known here with its word.
  public String caption(Locale locale) {
    var caption = kind.caption(locale);
    return kind == EventKind.OTHER ? caption + ": " + type : caption;
  }

  /// A text of the detail, or null.
  public @Nullable String text(String name) {
    return switch (detail.get(name)) {
      case Json.Text(var value) -> value;
      case Json.Int(var value) -> Long.toString(value);
      case null, default -> null;
    };
  }

  /// What anything outside is sent of it.
  ///
  /// @param link where people see more
  public Json.Obj json(String link) {
    return Json.object()
        .put("id", id)
        .put("type", type)
        .put("timestamp", at.toString())
        .put("summary", caption(Locale.ENGLISH))
        .put("actor", actor)
        .put("device", device)
        .put("rule", rule)
        .put("detail", detail)
        .put("link", link)
        .build();
  }
}
