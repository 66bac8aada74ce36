package dev.interdict.agent.ledger;

import dev.interdict.report.ActionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was done to the matches of one rule: tries, what came of them, and what was prevented.
///
/// @param entries all entries of the rule, oldest first
public record Acts(List<Entry> entries) {
  /// When something was last done to it, or null.
  public Entry.@Nullable Acted lastAct() {
    return RuleMemory.last(entries, Entry.Acted.class);
  }

  /// Tries since the last one that went well, or since they were to begin anew. What was done at
  /// one instant is one try, and one failure or refusal in it makes it a failed one, whatever else
  /// went well.
  public int failures() {
    var failed = new LinkedHashMap<Instant, Boolean>();
    for (var entry : entries.reversed()) {
      if (entry instanceof Entry.Verified || entry instanceof Entry.Retried) {
        break;
      }
      if (entry instanceof Entry.Acted acted) {
        failed.merge(acted.at(), shortfall(acted), Boolean::logicalOr);
      }
    }
    return (int) failed.values().stream().takeWhile(Boolean::booleanValue).count();
  }

  private static boolean shortfall(Entry.Acted acted) {
    return acted.kind() == ActionKind.FAILED || acted.kind() == ActionKind.REFUSED;
  }

  /// Whether something went into quarantine that no scan has verified since.
  public boolean taken() {
    for (var entry : entries.reversed()) {
      if (entry instanceof Entry.Verified) {
        return false;
      }
      if (entry instanceof Entry.Acted acted && acted.kind() == ActionKind.QUARANTINED) {
        return true;
      }
    }
    return false;
  }

  /// When something of it was removed, after `since` and since tries were to begin anew; what was
  /// done at one instant counts once.
  public Set<Instant> removals(Instant since) {
    return entries.reversed().stream()
        .takeWhile(entry -> !(entry instanceof Entry.Retried))
        .filter(Entry.Acted.class::isInstance)
        .map(Entry.Acted.class::cast)
        .filter(act -> act.at().isAfter(since))
        .filter(act -> act.kind() == ActionKind.QUARANTINED || act.kind() == ActionKind.UNINSTALLED)
        .map(Entry.Acted::at)
        .collect(Collectors.toSet());
  }

  /// What arrived last where it was, or null.
  public Entry.@Nullable Arrived lastArrival() {
    return RuleMemory.last(entries, Entry.Arrived.class);
  }

  /// How many starts of it were prevented, or ended at once.
  public int prevented() {
    return entries.stream()
        .filter(Entry.Prevented.class::isInstance)
        .mapToInt(entry -> ((Entry.Prevented) entry).times())
        .sum();
  }

  /// What was done after `since` and what was prevented, as one list, oldest first.
  public List<Entry.Acted> actsAndPreventedAfter(Instant since) {
    var acts = new ArrayList<Entry.Acted>();
    for (var entry : entries) {
      if (entry.at().isAfter(since)) {
        switch (entry) {
          case Entry.Acted acted -> acts.add(acted);
          case Entry.Prevented one ->
              acts.add(new Entry.Acted(one.rule(), one.at(), one.kind(), one.identity(), null));
          default -> {}
        }
      }
    }
    return acts;
  }

  /// How many times something was about to be done to it.
  public int tries() {
    return (int) entries.stream().filter(Entry.Intended.class::isInstance).count();
  }

  /// How many times its removal was verified.
  public int verifications() {
    return (int) entries.stream().filter(Entry.Verified.class::isInstance).count();
  }

  /// Whether the last thing that happened to it was a verified removal.
  public boolean removed() {
    return entries.stream().anyMatch(Entry.Verified.class::isInstance) && !unverified();
  }

  /// Whether something was done to it, or about to be, that no scan has verified since.
  public boolean unverified() {
    for (var entry : entries.reversed()) {
      switch (entry) {
        case Entry.Verified _ -> {
          return false;
        }
        case Entry.Intended _, Entry.Acted _ -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /// What was done after `since`, oldest first.
  public List<Entry.Acted> actsAfter(Instant since) {
    var acts = new ArrayList<Entry.Acted>();
    for (var entry : entries) {
      if (entry instanceof Entry.Acted acted && acted.at().isAfter(since)) {
        acts.add(acted);
      }
    }
    return acts;
  }
}
