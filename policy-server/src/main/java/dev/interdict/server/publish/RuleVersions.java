package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import dev.interdict.server.ceremony.ListDifference;
import dev.interdict.server.ceremony.RuleChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The versions of one rule: the publications since which it reads as it does, each with what it
/// made different. Thread-safe.
public record RuleVersions(Publications publications) {

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
    publications.eachShown((publication, document) -> {
      var now = rule(rule, publication, document);
      var former = versions.isEmpty() ? null : versions.getLast().rule();
      if (!Objects.equals(former, now)) {
        versions.add(version(publication, former, now));
      }
    });
    return versions.reversed();
  }

  private static Version version(Published by, Json.@Nullable Obj former, Json.@Nullable Obj now) {
    if (now == null) {
      return new Version(by, RuleChange.Kind.REMOVED, List.of(), null);
    }
    var kind = former == null ? RuleChange.Kind.ADDED : RuleChange.Kind.CHANGED;
    return new Version(by, kind, ListDifference.ofRule(former, now), now);
  }

  private static Json.@Nullable Obj rule(RuleId rule, Published publication, byte[] document) {
    try {
      return (Json.Obj) BlocklistDraft.of(document).rules().get(rule);
    } catch (JsonException e) {
      throw new IllegalStateException("publication " + publication.serial() + " cannot be read", e);
    }
  }
}
