package dev.interdict.agent.ledger;

import dev.interdict.decide.History;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.Recollection;
import dev.interdict.decide.ToldOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All entries of one rule, in order, and what they come to. Thread-safe for one writer.
public final class RuleMemory {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  void add(Entry entry) {
    entries.add(entry);
  }

  List<Entry> entries() {
    return entries;
  }

  /// What was done to it.
  public Acts acts() {
    return new Acts(entries);
  }

  static <T extends Entry> @Nullable T last(List<Entry> entries, Class<T> kind) {
    for (var entry : entries.reversed()) {
      if (kind.isInstance(entry)) {
        return kind.cast(entry);
      }
    }
    return null;
  }

  /// Whether anything is remembered.
  public boolean known() {
    return !entries.isEmpty();
  }

  /// What a decision needs to know, counting only notices that spoke of the effective date `term`,
  /// and none that a clock which was set right since places after `now`: no minimum notice could
  /// ever run from there.
  public History history(Instant term, Instant now) {
    return recollect(term, now).history();
  }

  private Recollection recollect(Instant term, Instant now) {
    var memory = new Recollection();
    for (var entry : entries) {
      switch (entry) {
        case Entry.Seen e -> memory.seen(e.at());
        case Entry.Told e when e.term().equals(term) && !e.at().isAfter(now) -> tell(memory, e);
        case Entry.GaveUp e when e.term().equals(term) && !e.at().isAfter(now) ->
            memory.gaveUp(e.person(), e.at());
        case Entry.Answered e when e.kind() == Entry.Answer.NOT_THAT_TOOL -> disputed(e, memory);
        case Entry.Answered e when e.term().equals(term) -> answered(e, memory);
        case Entry.Spared e when !e.spared() -> memory.unspared();
        case Entry.Held e when !e.held() -> memory.released();
        case Entry.Leapt e when !e.at().isAfter(now) -> memory.leapt(e.since(), e.by());
        case Entry.Forgot e -> memory.forgot(e.by());
        case Entry.Verified _ -> memory.gone();
        case Entry.Told _,
            Entry.GaveUp _,
            Entry.Clicked _,
            Entry.Answered _,
            Entry.Mentioned _,
            Entry.Named _,
            Entry.Spared _,
            Entry.Held _,
            Entry.Leapt _,
            Entry.Intended _,
            Entry.Retried _,
            Entry.Prevented _,
            Entry.Arrived _,
            Entry.Acted _ -> {}
      }
    }
    return memory;
  }

  private static void tell(Recollection memory, Entry.Told told) {
    memory.told(told.person(), told.at(), told.phase(), told.date(), told.outcome(), told.awake());
  }

  /// What a person said holds for later dates of the rule as well.
  private static void disputed(Entry.Answered answered, Recollection memory) {
    if (answered.finding() != null) {
      memory.disputed(answered.finding());
    }
  }

  private static void answered(Entry.Answered answered, Recollection memory) {
    switch (answered.kind()) {
      case REMIND -> {
        if (answered.until() != null) {
          memory.snoozed(answered.person(), answered.until());
        }
      }
      case PUT_OFF -> memory.putOff(answered.by());
      case REMOVE_NOW -> memory.consented(answered.person());
      case EXEMPTION_REQUEST -> memory.requested(answered.at());
      case NOT_THAT_TOOL, EXEMPTION_CODE -> {}
    }
  }

  /// Whether `what` was told before.
  public boolean mentioned(String what) {
    return mentionedAt(what) != null;
  }

  /// When `what` was first told, or null.
  public @Nullable Instant mentionedAt(String what) {
    for (var entry : entries) {
      if (entry instanceof Entry.Mentioned(var _, var at, var said) && said.equals(what)) {
        return at;
      }
    }
    return null;
  }

  /// Whether this memory was found to be of an earlier time after `from`, and not after `to`.
  public boolean forgotWithin(Instant from, Instant to) {
    return entries.stream()
        .anyMatch(entry ->
            entry instanceof Entry.Forgot forgot
                && forgot.at().isAfter(from)
                && !forgot.at().isAfter(to));
  }

  /// Whether an exemption was last seen to hold.
  public boolean spared() {
    var last = last(entries, Entry.Spared.class);
    return last != null && last.spared();
  }

  /// Whether a notice was shown, or given up, at `since` or later.
  public boolean toldSince(Instant since) {
    return entries.stream()
        .filter(entry -> entry instanceof Entry.Told || entry instanceof Entry.GaveUp)
        .anyMatch(entry -> !entry.at().isBefore(since));
  }

  /// Whether it was last seen to be held.
  public boolean held() {
    var last = last(entries, Entry.Held.class);
    return last != null && last.held();
  }

  /// What the rule was last called, or null where nobody was told of it.
  public Entry.@Nullable Named named() {
    return last(entries, Entry.Named.class);
  }

  /// The last notice that was shown of it, or null.
  public Entry.@Nullable Told lastShown() {
    for (var entry : entries.reversed()) {
      if (entry instanceof Entry.Told told && told.outcome() == ToldOutcome.SHOWN) {
        return told;
      }
    }
    return null;
  }

  /// Everybody to whom a notice was shown.
  public Set<String> told() {
    return entries.stream()
        .filter(entry -> entry instanceof Entry.Told told && told.outcome() == ToldOutcome.SHOWN)
        .map(entry -> ((Entry.Told) entry).person())
        .collect(Collectors.toSet());
  }

  /// Whether `told` says something new: outcomes but a success are worth one entry for each person,
  /// phase and date, and whenever they bear on a decision. The date of a first notice does not
  /// count: while it cannot be shown, that date moves on with the time.
  public boolean isNew(Entry.Told told) {
    return told.outcome() == ToldOutcome.SHOWN
        || bears(told)
        || entries.stream()
            .noneMatch(entry ->
                entry instanceof Entry.Told old
                    && old.term().equals(told.term())
                    && old.person().equals(told.person())
                    && old.phase() == told.phase()
                    && old.outcome() == told.outcome()
                    && (old.phase() == NoticePhase.ANNOUNCED
                        || Objects.equals(old.date(), told.date()))
                    && !old.at().isAfter(told.at()));
  }

  /// Whether more would be known of the person with it. What was written before may bear on nothing
  /// any more: an exemption or a hold has ended since, the time was corrected, or the date is
  /// another one again.
  private boolean bears(Entry.Told told) {
    var known = recollect(told.term(), told.at());
    var before = known.history().of(told.person());
    tell(known, told);
    var after = known.history().of(told.person());
    return !Objects.equals(before.wanted(), after.wanted())
        || !Objects.equals(before.tried(), after.tried())
        || told.phase() == NoticePhase.LAST_HOUR
            && !Objects.equals(before.lastCall(), after.lastCall());
  }

  /// The answers of people, oldest first.
  public List<Entry.Answered> answers() {
    return entries.stream()
        .filter(Entry.Answered.class::isInstance)
        .map(Entry.Answered.class::cast)
        .toList();
  }

  /// Everything, oldest first.
  public List<Entry> all() {
    return List.copyOf(entries);
  }
}
