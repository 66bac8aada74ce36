package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import dev.interdict.server.ceremony.ListDifference;
import dev.interdict.server.ceremony.RuleChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The versions of each rule: the publications since which it reads as it does, each with what it
/// made different. No published document is read twice: what its rules were is kept in memory, as
/// text, once for each version. Thread-safe.
public final class RuleVersions {
  private final Publications publications;
  private final Map<RuleId, List<Kept>> kept = new HashMap<>();
  private long last;
  private long count;

  public RuleVersions(Publications publications) {
    this.publications = publications;
  }

  /// @param text of the rule; null since a publication without it
  private record Kept(Published by, @Nullable String text) {}

  /// One version.
  ///
  /// @param by the publication that brought it
  /// @param kind whether the rule came, became different, or left the list
  /// @param lines every member that is different; none where it left
  /// @param rule as the list has it; null where it left
  public record Version(
      Published by, RuleChange.Kind kind, List<RuleChange.Line> lines, Json.@Nullable Obj rule) {
    public Version {
      lines = List.copyOf(lines);
    }
  }

  /// All versions that devices could see, newest first; empty if no list ever had the rule.
  ///
  /// @throws IllegalStateException if a publication cannot be read
  public List<Version> of(RuleId rule) {
    var versions = new ArrayList<Version>();
    Json.Obj former = null;
    for (var one : kept(rule)) {
      var now = read(one);
      versions.add(version(one.by(), former, now));
      former = now;
    }
    return versions.reversed();
  }

  /// A rule that a publication made different.
  public record Changed(RuleId rule, Version version) {}

  /// What the publication with this serial made different, by rule; nothing where devices could not
  /// see it.
  ///
  /// @throws IllegalStateException if a publication cannot be read
  public List<Changed> by(long serial) {
    return rules().stream()
        .sorted(Comparator.comparing(RuleId::value))
        .flatMap(rule ->
            of(rule).stream()
                .filter(version -> version.by().serial() == serial)
                .map(version -> new Changed(rule, version)))
        .toList();
  }

  private synchronized Set<RuleId> rules() {
    update();
    return Set.copyOf(kept.keySet());
  }

  private static Version version(Published by, Json.@Nullable Obj former, Json.@Nullable Obj now) {
    if (now == null) {
      return new Version(by, RuleChange.Kind.REMOVED, List.of(), null);
    }
    var kind = former == null ? RuleChange.Kind.ADDED : RuleChange.Kind.CHANGED;
    return new Version(by, kind, ListDifference.ofRule(former, now), now);
  }

  private synchronized List<Kept> kept(RuleId rule) {
    update();
    return List.copyOf(kept.getOrDefault(rule, List.of()));
  }

  private void update() {
    if (publications.countShown(last) != count) {
      // One that was found to be visible after a later one.
      kept.clear();
      last = 0;
      count = 0;
    }
    var more = publications.shownAfter(last);
    if (!more.isEmpty()) {
      var newest = new HashMap<RuleId, Json>();
      kept.forEach((id, versions) -> {
        var json = read(versions.getLast());
        if (json != null) {
          newest.put(id, json);
        }
      });
      more.forEach(publication -> add(publication, newest));
    }
  }

  /// Keeps what a publication made different, wholly or not at all.
  private void add(Published publication, Map<RuleId, Json> newest) {
    var rules = rules(publication);
    var ids = new HashSet<>(newest.keySet());
    ids.addAll(rules.keySet());
    for (var id : ids) {
      var now = rules.get(id);
      if (!Objects.equals(newest.get(id), now)) {
        kept.computeIfAbsent(id, _ -> new ArrayList<>())
            .add(new Kept(publication, now == null ? null : JsonWriter.line(now)));
      }
    }
    newest.clear();
    newest.putAll(rules);
    last = publication.serial();
    count++;
  }

  private Map<RuleId, Json> rules(Published publication) {
    try {
      var document = publications.document(publication.serial()).orElseThrow();
      return Map.copyOf(BlocklistDraft.of(document).rules());
    } catch (JsonException e) {
      throw unreadable(publication, e);
    }
  }

  private static Json.@Nullable Obj read(Kept one) {
    if (one.text() == null) {
      return null;
    }
    try {
      return (Json.Obj)
          JsonReader.read(one.text().getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    } catch (JsonException e) {
      throw unreadable(one.by(), e);
    }
  }

  private static IllegalStateException unreadable(Published publication, JsonException e) {
    return new IllegalStateException("publication " + publication.serial() + " cannot be read", e);
  }
}
