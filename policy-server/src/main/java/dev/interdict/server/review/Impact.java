package dev.interdict.server.review;

import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Whom a text would hit, counted.
///
/// @param observed the rule that was counted by; null where nobody has looked
/// @param expected the fleet, with what the company's list has beyond the enrolled
/// @param running workstations on which it ran when last looked at
/// @param people whom the company's list names for the matched workstations; `unnamed` have none
/// @param gained matched, and nothing happened there by the rule in force; `lost` the other way
/// @param groups matched workstations by name, for each kind of part of the fleet
/// @param samples findings, one for each identity, those on most workstations first
record Impact(
    @Nullable String observed,
    long expected,
    long enrolled,
    long looked,
    long reachable,
    long sighted,
    long matched,
    long running,
    long people,
    long unnamed,
    long exempt,
    long tooMany,
    long gained,
    long lost,
    Unknown unknown,
    SequencedMap<String, Map<String, Long>> groups,
    long inCriticalGroups,
    List<Sample> samples,
    List<String> warnings) {

  /// Enrolled workstations of which nothing, or nothing new, is known; one may be several of these.
  record Unknown(long silent, long unsupported, long tooOld, long notLooked) {}

  /// One match as a workstation reported it.
  record Sample(
      String source,
      String identity,
      long devices,
      String host,
      @Nullable String version,
      String location,
      boolean running) {
    Json json() {
      return Json.object()
          .put("source", source)
          .put("identity", identity)
          .put("devices", devices)
          .put("host", host)
          .put("version", version)
          .put("location", location)
          .put("running", running)
          .build();
    }
  }

  Json.Obj json() {
    var parts = Json.object();
    groups.forEach((kind, counts) -> {
      var all = Json.object();
      counts.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .forEach(one -> all.put(one.getKey().isEmpty() ? "-" : one.getKey(), one.getValue()));
      parts.put(kind, all.build());
    });
    return Json.object()
        .put("observed-by", observed)
        .put("expected", expected)
        .put("enrolled", enrolled)
        .put("looked", looked)
        .put("in-contact", reachable)
        .put("in-contact-looked", sighted)
        .put("matched", matched)
        .put("running", running)
        .put("people", people)
        .put("unnamed", unnamed)
        .put("exempt", exempt)
        .put("too-many-matches", tooMany)
        .put("gained", gained)
        .put("lost", lost)
        .put("silent", unknown.silent())
        .put("unsupported", unknown.unsupported())
        .put("too-old", unknown.tooOld())
        .put("not-looked", unknown.notLooked())
        .put("parts", parts.build())
        .put("in-critical-groups", inCriticalGroups)
        .put(
            "samples",
            new Json.Arr(new ArrayList<Json>(samples.stream().map(Sample::json).toList())))
        .put("warnings", Json.texts(warnings))
        .build();
  }
}
