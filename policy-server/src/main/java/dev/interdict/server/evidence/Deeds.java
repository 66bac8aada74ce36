package dev.interdict.server.evidence;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.audit.AuditFilter;
import dev.interdict.server.audit.AuditLog;
import dev.interdict.server.query.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What people decided on the list within a time, from the audit log. Pure but for reading it.
final class Deeds {
  /// How many are shown.
  static final int MOST = 500;

  private static final List<String> ACTIONS = List.of("blocklist.publish", "controls", "breaker");
  private static final List<String> WHY = List.of("summary", "reason", "words", "cause", "note");

  private Deeds() {}

  /// The newest of them, oldest first; one more than is shown where there are more.
  static List<AuditEntry> of(AuditLog log, Instant from, Instant until) {
    return ACTIONS.stream()
        .map(action ->
            new AuditFilter(Terms.ALL, Terms.of(action), Terms.ALL, null, from, until, true))
        .flatMap(filter -> log.list(filter, Long.MAX_VALUE, MOST + 1).stream())
        .sorted(Comparator.comparingLong(AuditEntry::seq).reversed())
        .limit(MOST + 1)
        .sorted(Comparator.comparingLong(AuditEntry::seq))
        .toList();
  }

  /// In words why; empty where nobody said.
  static String why(AuditEntry entry) {
    try {
      var json = JsonReader.read(entry.detail().getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
      return json instanceof Json.Obj detail
          ? WHY.stream()
              .map(name -> detail.get(name) instanceof Json.Text(var text) ? text : null)
              .flatMap(text -> text == null ? Stream.empty() : Stream.of(text))
              .findFirst()
              .orElse("")
          : "";
    } catch (JsonException e) {
      throw new IllegalStateException("entry " + entry.seq() + " has no readable detail", e);
    }
  }
}
