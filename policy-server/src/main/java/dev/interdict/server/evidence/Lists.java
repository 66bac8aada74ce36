package dev.interdict.server.evidence;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Rule;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The lists that devices could see within a time, and what they banned.
///
/// @param published oldest first, the one that was in force at the beginning among them
/// @param rules by id, each as the last of the lists had it
/// @param issuer whom the last of them names as its own; empty where there is none
record Lists(List<Published> published, SortedMap<String, Rule> rules, String issuer) {
  Lists {
    published = List.copyOf(published);
  }

  /// @param until the first instant that is not meant any more
  /// @param only of this rule; null for all
  static Lists of(Publications publications, Instant from, Instant until, @Nullable String only) {
    var shown =
        publications.list().stream()
            .filter(one -> one.shownAt() != null && shownAt(one).isBefore(until))
            .sorted(Comparator.comparing(Published::serial))
            .toList();
    var within = new ArrayList<Published>();
    for (var i = 0; i < shown.size(); i++) {
      var ended = i + 1 < shown.size() ? shownAt(shown.get(i + 1)) : Instant.MAX;
      if (ended.isAfter(from)) {
        within.add(shown.get(i));
      }
    }
    var rules = new TreeMap<String, Rule>();
    var issuer = "";
    for (var one : within) {
      var list = read(publications, one);
      issuer = list.issuer();
      for (var rule : list.rules()) {
        if (only == null || rule.id().value().equals(only)) {
          rules.put(rule.id().value(), rule);
        }
      }
    }
    return new Lists(within, rules, issuer);
  }

  static Instant shownAt(Published one) {
    return Objects.requireNonNull(one.shownAt(), "devices could see it");
  }

  private static Blocklist read(Publications publications, Published one) {
    try {
      return Blocklist.read(publications.document(one.serial()).orElseThrow());
    } catch (JsonException e) {
      throw new IllegalStateException("publication " + one.serial() + " cannot be read back", e);
    }
  }
}
