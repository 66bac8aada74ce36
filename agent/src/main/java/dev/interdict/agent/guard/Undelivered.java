package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that a desktop has not shown, for the person's terminals to ask for; what happened and
/// is still to be told; and the last notices by their ids, so that answers to them are known.
/// Thread-safe.
final class Undelivered {
  private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);
  private static final int REMEMBERED = 200;
  private static final int MOST_ANSWERS = 4;

  private final Flags flags;
  private final Supplier<ZonedDateTime> wall;
  private final Supplier<String> ids;
  private final Map<Home, Sent> pending = new HashMap<>();

  /// Whose notice is from before this round, and gives way where nothing waits any more.
  private final Set<Home> before = new HashSet<>();

  private final Map<Home, Up> up = new HashMap<>();
  private final List<Owed> owed = new ArrayList<>();
  private final Map<String, Integer> answers = new HashMap<>();
  private final Map<String, Sent> sent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sent> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// A notice and what it said of each rule's date.
  record Sent(Notice notice, List<Spoken> spoken) {
    Sent {
      spoken = List.copyOf(spoken);
    }
  }

  /// Tells the shells of people that something is to be told to them. Seam.
  @FunctionalInterface
  interface Flags {
    /// @param since by account number, since when by the computer's own clock
    void keep(Map<Integer, Instant> since) throws IOException;
  }

  /// Since when a person's flag is up, and for what.
  private record Up(String what, Instant since) {}

  /// Something that has happened and that a person is to be told once.
  ///
  /// @param what names it in the device's memory
  /// @param patience trusted time from which it is told at any hour of the day
  record Owed(Home home, Matter matter, String what, Instant patience) {}

  /// @param wall the computer's own clock in its own zone
  /// @param ids makes a new name for a notice
  Undelivered(Flags flags, Supplier<ZonedDateTime> wall, Supplier<String> ids) {
    this.flags = flags;
    this.wall = wall;
    this.ids = ids;
  }

  String newId() {
    return ids.get();
  }

  /// A round of telling begins. Until it ends, a terminal is still told what waited before: telling
  /// takes its time, and a shell that is told nothing does not ask again today.
  synchronized void begin() {
    before.clear();
    before.addAll(pending.keySet());
  }

  /// Lets shells see whom to tell: once for what is new, and once a day for what goes on waiting.
  synchronized void end() {
    pending.keySet().removeAll(before);
    var now = wall.get();
    var today = now.toLocalDate().atStartOfDay(now.getZone()).toInstant();
    up.keySet().retainAll(pending.keySet());
    var since = new HashMap<Integer, Instant>();
    for (var entry : pending.entrySet()) {
      var what = what(entry.getValue().notice());
      var old = up.get(entry.getKey());
      var from = old != null && old.what().equals(what) ? old.since() : now.toInstant();
      up.put(entry.getKey(), new Up(what, from));
      since.put(entry.getKey().uid(), from.isBefore(today) ? today : from);
    }
    try {
      flags.keep(since);
    } catch (IOException e) {
      // Shells are one way of telling people among others; the desktop and the last hour go on.
      LOG.atWarn().setCause(e).log("shells cannot be told");
    }
  }

  private static String what(Notice notice) {
    return notice.matters().stream()
        .map(matter -> matter.rule() + " " + matter.phase().key())
        .collect(Collectors.joining("\n"));
  }

  /// Something has happened that `home`'s owner is told once they are there.
  synchronized void owe(Owed debt) {
    owed.removeIf(
        one -> one.home().equals(debt.home()) && one.matter().rule().equals(debt.matter().rule()));
    owed.add(debt);
  }

  /// What was owed of `rule` and is true no more is not said any more.
  synchronized void forget(RuleId rule, Predicate<Phase> untrue) {
    owed.removeIf(one -> one.matter().rule().equals(rule) && untrue.test(one.matter().phase()));
  }

  /// To whom something is owed.
  synchronized Set<Home> owed() {
    var homes = new HashSet<Home>();
    owed.forEach(one -> homes.add(one.home()));
    return homes;
  }

  /// What is owed to `home`, but for rules of which more urgent things are to be said.
  synchronized List<Owed> owedTo(Home home, List<Spoken> due) {
    return owed.stream()
        .filter(one -> one.home().equals(home))
        .filter(one -> due.stream().noneMatch(spoken -> spoken.rule().equals(one.matter().rule())))
        .toList();
  }

  /// What was owed to `home` of the matters of a notice that was shown; it is not any more.
  synchronized List<Owed> paid(Notice notice) {
    var home = notice.recipient().home();
    var paid =
        owed.stream()
            .filter(one -> one.home().equals(home) && notice.matters().contains(one.matter()))
            .toList();
    owed.removeAll(paid);
    return paid;
  }

  /// `notice` waits for a better moment.
  synchronized void waits(Notice notice, List<Spoken> spoken) {
    var one = new Sent(notice, spoken);
    pending.put(notice.recipient().home(), one);
    before.remove(notice.recipient().home());
    sent.put(notice.id(), one);
  }

  /// `notice` was shown.
  synchronized void shown(Notice notice, List<Spoken> spoken) {
    var one = new Sent(notice, spoken);
    sent.put(notice.id(), one);
    delivered(one);
  }

  /// A terminal has shown it.
  ///
  /// @return whether it was still waiting
  synchronized boolean delivered(Sent one) {
    return pending.remove(one.notice().recipient().home(), one);
  }

  /// What waits for `user`.
  synchronized List<Notice> of(String user) {
    return pending.entrySet().stream()
        .filter(entry -> entry.getKey().user().equals(user))
        .map(entry -> entry.getValue().notice())
        .toList();
  }

  /// Whether one more answer to it is worth remembering.
  synchronized boolean mayAnswer(Sent one) {
    answers.keySet().retainAll(sent.keySet());
    return answers.merge(one.notice().id(), 1, Integer::sum) <= MOST_ANSWERS;
  }

  /// The notice of that name if it was to `user`, else null.
  synchronized @Nullable Sent find(String id, String user) {
    var one = sent.get(id);
    return one != null && one.notice().recipient().home().user().equals(user) ? one : null;
  }
}
