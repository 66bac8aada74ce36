package dev.interdict.policy;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes the documents that [Exemptions] reads: one a shard, the same answers always the same
/// bytes.
public final class ExemptionShards {
  private ExemptionShards() {}

  /// A shard without answers. A shard that was published once is emptied and never taken away, for
  /// a device keeps the last one it has seen.
  public static byte[] empty() {
    return document(List.of(), List.of());
  }

  /// The shards of those devices, by path.
  public static SortedMap<String, byte[]> of(List<Exemption> granted, List<Refusal> refused) {
    var exemptions = new TreeMap<String, List<Exemption>>();
    var refusals = new TreeMap<String, List<Refusal>>();
    granted.forEach(one -> shard(exemptions, one.device()).add(one));
    refused.forEach(one -> shard(refusals, one.device()).add(one));
    var paths = new TreeSet<>(exemptions.keySet());
    paths.addAll(refusals.keySet());
    var shards = new TreeMap<String, byte[]>();
    for (var path : paths) {
      shards.put(
          path,
          document(
              exemptions.getOrDefault(path, List.of()), refusals.getOrDefault(path, List.of())));
    }
    return shards;
  }

  private static <T> List<T> shard(SortedMap<String, List<T>> shards, String device) {
    return shards.computeIfAbsent(Exemptions.pathFor(device), _ -> new ArrayList<>());
  }

  private static byte[] document(List<Exemption> granted, List<Refusal> refused) {
    var exemptions =
        granted.stream()
            .sorted(Comparator.comparing(Exemption::device).thenComparing(Exemption::id))
            .map(ExemptionShards::json)
            .toList();
    var document = Json.object().put("format", Exemptions.FORMAT).put("exemptions", exemptions);
    if (!refused.isEmpty()) {
      document.put(
          "refused",
          refused.stream()
              .sorted(Comparator.comparing(Refusal::device).thenComparing(Refusal::id))
              .map(ExemptionShards::json)
              .toList());
    }
    return JsonWriter.compact(document.build());
  }

  private static Json json(Exemption one) {
    return Json.object()
        .put("id", one.id())
        .put("rule", one.rule().value())
        .put("device", one.device())
        .put("until", one.until().toString())
        .put("granted-by", one.grantedBy())
        .put("reason", one.reason())
        .build();
  }

  private static Json json(Refusal one) {
    return Json.object()
        .put("id", one.id())
        .put("rule", one.rule().value())
        .put("device", one.device())
        .put("by", one.by())
        .put("reason", one.reason())
        .put("contact", one.contact())
        .put("at", one.at().toString())
        .build();
  }
}
