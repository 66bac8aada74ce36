package dev.interdict.simulation;

import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Footing;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedFinding;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What must hold, whatever goes wrong: sees every report go by and knows what really lay on each
/// machine, and holds against that what the server says.
final class Witness {
  /// More turns a day right before the next one than dates and last calls can make.
  private static final int MOST_HASTY = 20;

  private static final long MOST_BYTES = 4L << 20;
  private static final long MOST_FILES = 400;

  private static final class Record {
    final TreeMap<Long, String> stored = new TreeMap<>();
    final Map<Long, Workstation.Truth> truths = new HashMap<>();
    Instant heard = Instant.MIN;
    final List<Left> left = new ArrayList<>();
    final Set<String> refused = new HashSet<>();
    boolean doubted;
    boolean cloned;
    boolean suspect;

    Record copy() {
      var copy = new Record();
      copy.stored.putAll(stored);
      copy.truths.putAll(truths);
      copy.heard = heard;
      copy.left.addAll(left);
      copy.refused.addAll(refused);
      copy.doubted = doubted;
      copy.cloned = cloned;
      return copy;
    }
  }

  /// What a device forgot when it was set back: what it told after `from` and before `to`.
  private record Left(long from, long to) {}

  private record Row(long sequence, String hash, String body) {}

  private final Agenda agenda;
  private final Story story;
  private final Map<String, Record> records = new LinkedHashMap<>();
  private final Set<String> wrong = new LinkedHashSet<>();

  /// The highest versions of which devices told the server as it is now.
  private final Map<String, Long> held = new TreeMap<>();

  Witness(Agenda agenda, Story story) {
    this.agenda = agenda;
    this.story = story;
  }

  /// What was not as it must be.
  Set<String> wrong() {
    return wrong;
  }

  private void hold(boolean kept, String what) {
    if (!kept) {
      wrong.add(what + " [at " + agenda.instant() + "]");
    }
  }

  private Record of(Workstation station) {
    return records.computeIfAbsent(station.enrolment().device().value(), _ -> new Record());
  }

  /// Two machines have the key, or one has lost its memory: forks are to be expected.
  void suspects(Workstation station) {
    of(station).suspect = true;
  }

  /// The server answered a report.
  void answered(Workstation from, long sequence, byte[] body, int status) {
    var record = of(from);
    var hash = ReportJson.hash(body);
    var there = record.stored.get(sequence);
    var report = report(body);
    var footing = java.util.Objects.requireNonNull(report.footing());
    switch (status) {
      case 200, 204 -> {
        hold(
            there == null || there.equals(hash),
            "3: two reports " + sequence + " of " + from + " were taken");
        if (there == null) {
          hold(!isAnothers(record, footing), "3: report " + sequence + " of a clone was taken");
          went(record, report);
          record.stored.put(sequence, hash);
          record.doubted = false;
          footing.versions().forEach((role, version) -> held.merge(role, version, Math::max));
          var truth = from.truth(sequence);
          if (truth == null) {
            wrong.add("nobody knows what lay on " + from + " at report " + sequence);
          } else {
            record.truths.put(sequence, truth);
          }
          record.heard = agenda.instant();
        }
        story.met("reports");
      }
      case 409 -> {
        story.met("reports refused as a fork");
        if (record.refused.add(hash) && !isLeft(record, footing, sequence)) {
          record.doubted = true;
        }
        if (isAnothers(record, footing)) {
          story.met("clone alarm");
          record.cloned = true;
        }
        hold(record.suspect, "3: report " + sequence + " of honest " + from + " called a fork");
      }
      default -> story.met("reports answered " + status);
    }
  }

  private static Report report(byte[] body) {
    try {
      return ReportJson.read(body);
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isAnothers(Record record, Footing footing) {
    var taken = footing.taken();
    var stored = record.stored.get(taken.sequence());
    return stored != null && !stored.equals(taken.hash())
        || record.left.stream()
            .anyMatch(left -> left.from() < taken.sequence() && taken.sequence() < left.to());
  }

  private static boolean isLeft(Record record, Footing footing, long sequence) {
    return record.left.stream()
        .anyMatch(left ->
            left.from() >= footing.taken().sequence()
                && left.from() < sequence
                && sequence < left.to());
  }

  private static void went(Record record, Report report) {
    var last = record.stored.lastEntry();
    var taken = java.util.Objects.requireNonNull(report.footing()).taken().sequence();
    if (last != null
        && taken < last.getKey()
        && !(report.sequence() == last.getKey() + 1
            && last.getValue().equals(report.previousHash()))) {
      record.left.add(new Left(taken, report.sequence()));
    }
  }

  /// The server signed this version.
  void signed(String role, long version) {
    hold(
        version > held.getOrDefault(role, 0L),
        "5: signed version "
            + version
            + " of "
            + role
            + ", and devices told that they hold "
            + held.get(role));
  }

  /// The device believes that the server has it.
  void delivered(Workstation station, long sequence) {
    hold(
        of(station).stored.containsKey(sequence),
        "3: " + station + " thinks that report " + sequence + " is stored");
  }

  /// What is known now, for [#restored].
  Map<String, Record> remember() {
    return records.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().copy()));
  }

  /// The server was set back to that.
  void restored(Map<String, Record> then) {
    records.forEach((id, record) -> {
      var former = then.getOrDefault(id, new Record());
      record.stored.clear();
      record.stored.putAll(former.stored);
      record.truths.clear();
      record.truths.putAll(former.truths);
      record.heard = former.heard;
      record.left.clear();
      record.left.addAll(former.left);
      record.refused.clear();
      record.refused.addAll(former.refused);
      record.doubted = former.doubted;
      record.cloned = former.cloned;
    });
    held.clear();
  }

  /// Looks at what the server shows.
  void look(Headquarters server, Collection<Workstation> stations) {
    for (var station : stations) {
      var detail = detail(server, station);
      var record = of(station);
      var contact = detail.contact();
      hold(
          contact.forkedAt() == null && contact.clonedAt() == null || record.suspect,
          "3: honest " + station + " is marked as forked");
      hold(
          record.left.isEmpty()
              || detail.turns().stream().anyMatch(turn -> turn.kind().equals("resumed")),
          "3: that " + station + " was set back is not shown");
      hold(
          (contact.clonedAt() != null) == record.cloned,
          "3: the clone of " + station + (record.cloned ? " is not marked" : " was made up"));
      hold(
          station.hasty() <= MOST_HASTY,
          "6: " + station.hasty() + " hasty turns on one day of " + station);
      for (var rule : detail.rules()) {
        if (rule.status() == Status.CLEAR || rule.status() == Status.REMOVED) {
          clear(station, record, detail.contact().sequence(), rule);
        }
      }
      if (station.fair()) {
        station.fairness.wrong().stream()
            .filter(promise -> isPromise(promise) || !station.crashed() && isManner(promise))
            .forEach(wrong::add);
      }
    }
  }

  /// A crash may show a notice twice and delay one; it may never bring anything on.
  private static boolean isPromise(String wrong) {
    return wrong.startsWith("1:")
        || wrong.startsWith("2:")
        || wrong.startsWith("7:")
        || wrong.startsWith("put off");
  }

  /// How often and when people are spoken to, which a guard that was never cut short keeps to. Not
  /// that two notices never come at one moment: a removal takes no time here.
  private static boolean isManner(String wrong) {
    return wrong.startsWith("3:") || wrong.startsWith("4:") || wrong.startsWith("5:");
  }

  private void clear(Workstation station, Record record, long sequence, DeviceDetail.Rule shown) {
    var what = "2: " + station + " is shown as " + shown.status() + " of " + shown.rule();
    var truth = record.truths.get(sequence);
    hold(truth != null, what + " by report " + sequence + ", which nobody made");
    if (truth != null) {
      hold(truth.whole(), what + " and was not wholly inspected");
      hold(found(truth, shown.rule()).isEmpty(), what + " and has it");
    }
    hold(!record.doubted, what + " after a report that contradicts its history");
    hold(!record.cloned, what + " and two machines have its key");
    var silent = Duration.between(record.heard, agenda.instant());
    hold(silent.compareTo(Compliance.SILENT_AFTER) <= 0, what + " and was silent for " + silent);
  }

  private static Set<String> found(Workstation.Truth truth, String rule) {
    return truth.findings().entrySet().stream()
        .filter(one -> one.getKey().value().equals(rule))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(Set.of());
  }

  private static DeviceDetail detail(Headquarters server, Workstation station) {
    var detail = server.compliance().device(station.enrolment().device());
    if (detail == null) {
      throw new IllegalStateException("the server does not know " + station);
    }
    return detail;
  }

  /// After days in which nothing went wrong device and server say the same.
  void agree(Headquarters server, Workstation station) throws java.io.IOException {
    var detail = detail(server, station);
    var here = station.headlines();
    var name = station.toString();
    if (of(station).cloned) {
      // One of the two has to be enrolled anew; until then it is refused, and neither is clear.
      story.met("clone waits to be enrolled anew");
      return;
    }
    hold(here.waiting() == 0, "4: " + here.waiting() + " reports wait on " + name);
    hold(
        here.sequence() == detail.contact().sequence(),
        "4: "
            + name
            + " is at "
            + here.sequence()
            + ", the server has "
            + detail.contact().sequence());
    var newest = server.serial();
    hold(
        newest == null || newest == here.serial(),
        "4: " + name + " acts on list " + here.serial() + ", published is " + newest);
    for (var rule : detail.rules()) {
      var shown =
          rule.findings().stream()
              .map(ReportedFinding::key)
              .collect(Collectors.toCollection(TreeSet::new));
      var real = found(here.truth(), rule.rule());
      hold(real.equals(shown), "4: the server shows " + shown + " of " + name + ", not " + real);
      hold(
          real.isEmpty() ? rule.reported().claimsClear() : rule.reported().hasIt(),
          "4: " + name + " is shown as " + rule.reported() + " with " + real);
    }
    hold(
        here.truth().findings().size() == detail.rules().size(),
        "4: the server shows " + detail.rules().size() + " rules of " + name);
    hold(here.bytes() <= MOST_BYTES, "6: " + here.bytes() + " bytes on the disk of " + name);
    hold(here.files() <= MOST_FILES, "6: " + here.files() + " files on the disk of " + name);
  }

  /// The stored reports are those that were taken, each once, in one chain.
  void audit(Headquarters server, Workstation station) throws JsonException {
    var id = station.enrolment().device();
    var rows = rows(server, id);
    var stored = of(station).stored;
    hold(
        rows.size() == stored.size()
            && rows.stream().allMatch(row -> row.hash().equals(stored.get(row.sequence()))),
        "3: the server has other reports of " + station + " than it took");
    @Nullable Row before = null;
    for (var row : rows) {
      var report = ReportJson.read(row.body().getBytes(StandardCharsets.UTF_8));
      var resumed = of(station).left.stream().anyMatch(left -> left.to() == row.sequence());
      if (before != null && before.sequence() + 1 == row.sequence() && !resumed) {
        hold(
            before.hash().equals(report.previousHash()),
            "3: report " + row.sequence() + " of " + station + " does not follow the one before");
      }
      before = row;
    }
    var contact = detail(server, station).contact();
    hold(
        rows.size() + contact.lost() == contact.sequence(),
        "3: of "
            + contact.sequence()
            + " reports of "
            + station
            + " "
            + rows.size()
            + " are stored and "
            + contact.lost()
            + " counted as lost");
  }

  private static List<Row> rows(Headquarters server, DeviceId id) {
    return server
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "select sequence, hash, body from report where device_id = :id order by"
                        + " sequence")
                .bind("id", id.value())
                .map((row, _) ->
                    new Row(row.getLong("sequence"), row.getString("hash"), row.getString("body")))
                .list());
  }
}
