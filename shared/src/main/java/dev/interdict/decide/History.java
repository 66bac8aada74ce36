package dev.interdict.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What this device remembers of one rule and its present date. All instants are trusted time.
///
/// @param firstSeen when the tool was first found here; null if never
/// @param people what each account was told and answered
/// @param putOff how many times the removal was put off
/// @param putOffBy by how much in all
/// @param requested when an exemption was first asked for; null if never
/// @param consents accounts that asked to have theirs removed now
/// @param disputed keys of findings of which somebody said that they are not that tool
public record History(
    @Nullable Instant firstSeen,
    Map<String, PersonHistory> people,
    int putOff,
    Duration putOffBy,
    @Nullable Instant requested,
    Set<String> consents,
    Set<String> disputed) {
  /// Nothing is remembered.
  public static final History NONE =
      new History(null, Map.of(), 0, Duration.ZERO, null, Set.of(), Set.of());

  public History {
    people = Map.copyOf(people);
    consents = Set.copyOf(consents);
    disputed = Set.copyOf(disputed);
  }

  /// What `person` was told.
  public PersonHistory of(String person) {
    return people.getOrDefault(person, PersonHistory.NONE);
  }
}
