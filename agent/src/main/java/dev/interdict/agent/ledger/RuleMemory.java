package dev.interdict.agent.ledger;

import dev.interdict.agent.decide.History;
import dev.interdict.agent.decide.NoticePhase;
import dev.interdict.report.ActionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All entries of one rule, in order, and what they come to. Not thread-safe.
public final class RuleMemory {
  private final List<Entry> entries = new ArrayList<>();

  void add(Entry entry) {
    entries.add(entry);
  }

  List<Entry> entries() {
    return entries;
  }

  /// Whether anything is remembered.
  public boolean known() {
    return !entries.isEmpty();
  }

  /// What a decision needs to know, counting only notices that spoke of the effective date `term`,
  /// and none that a clock which was set right since places after `now`: no minimum notice could
  /// ever run from there.
  public History history(Instant term, Instant now) {
    Instant seen = null;
    Instant shown = null;
    Instant tried = null;
    var deferred = Duration.ZERO;
    var phases = new EnumMap<NoticePhase, Instant>(NoticePhase.class);
    for (var entry : entries) {
      switch (entry) {
        case Entry.Seen e -> seen = seen == null ? e.at() : seen;
        case Entry.Told e when e.term().equals(term) && !e.at().isAfter(now) -> {
          tried = tried == null ? e.at() : tried;
          if (e.channel() != null) {
            shown = shown == null ? e.at() : shown;
            phases.put(e.phase(), e.at());
          }
        }
        case Entry.Deferred e when e.term().equals(term) -> deferred = deferred.plus(e.by());
        case Entry.Told _, Entry.Deferred _, Entry.Intended _, Entry.Acted _, Entry.Verified _ -> {}
      }
    }
    return new History(seen, shown, tried, deferred, phases);
  }

  /// When something was last done to it, or null.
  public Entry.@Nullable Acted lastAct() {
    for (var entry : entries.reversed()) {
      if (entry instanceof Entry.Acted acted) {
        return acted;
      }
    }
    return null;
  }

  /// Tries since the last one that went well. What was done at one instant is one try, and one
  /// failure or refusal in it makes it a failed one, whatever else went well.
  public int failures() {
    var failed = new LinkedHashMap<Instant, Boolean>();
    for (var entry : entries.reversed()) {
      if (entry instanceof Entry.Verified) {
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
        case Entry.Seen _, Entry.Told _, Entry.Deferred _ -> {}
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
