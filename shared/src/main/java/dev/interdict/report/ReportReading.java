package dev.interdict.report;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One reading of one report; collects what is wrong and refuses the whole. Used once.
final class ReportReading {
  /// The shape of a time, in which 0 stands for any digit.
  private static final String TIME = "0000-00-00T00:00:00";

  private static final int MOST_DECIMALS = 9;
  private static final Device NO_DEVICE =
      new Device(new DeviceId("0".repeat(32)), "", OsFamily.OTHER, "", "", Device.FIRST_VOCABULARY);

  private static final String NO_KEY = "0".repeat(16);

  private final List<Fault> faults = new ArrayList<>();
  private int findings;

  Report report(Json json) throws JsonException {
    var fields = Fields.of(json, faults);
    if (fields.integer("format", 0, Integer.MAX_VALUE) != ReportJson.FORMAT && faults.isEmpty()) {
      fields.fault("format", "this server reads format " + ReportJson.FORMAT + " only");
    }
    var id = fields.parsed("id", ReportId::new, new ReportId("00000000"));
    var device = device(fields.object("device"));
    var sequence = fields.integer("sequence", 1, Long.MAX_VALUE);
    var previous = fields.optionalText("previous");
    var at = fields.parsed("at", ReportReading::time, Instant.EPOCH);
    var agent = fields.text("agent");
    var policy = policy(fields.optionalObject("policy"));
    var footing = footing(fields.optionalObject("footing"));
    var coverage = coverage(fields.object("coverage"));
    var rules =
        bounded(
            fields, "rules", ReportJson.MAX_RULES, (rule, where) -> rule(rule, where, coverage));
    var problems = bounded(fields, "problems", ReportJson.MAX_NOTES, this::problem);
    if (findings > ReportJson.MAX_FINDINGS_IN_ALL) {
      fields.fault("rules", "more than " + ReportJson.MAX_FINDINGS_IN_ALL + " findings in all");
    }
    return whole(() ->
        new Report(
            id, device, sequence, previous, at, agent, policy, footing, coverage, rules, problems));
  }

  /// The device of a request to enrol, or of a report.
  Device device(Fields fields) {
    var id = fields.parsed("id", DeviceId::new, NO_DEVICE.id());
    return new Device(
        id,
        fields.text("host"),
        known(fields, "os", OsFamily.OTHER),
        fields.text("os-version"),
        fields.text("architecture"),
        (int)
            fields.optionalInteger(
                "vocabulary", Device.FIRST_VOCABULARY, Integer.MAX_VALUE, Device.FIRST_VOCABULARY));
  }

  /// What `make` makes, unless there was a fault or its own invariants refuse.
  <T> T whole(Supplier<T> make) throws JsonException {
    if (faults.isEmpty()) {
      try {
        return make.get();
      } catch (IllegalArgumentException e) {
        throw new JsonException(String.valueOf(e.getMessage()));
      }
    }
    throw new JsonException(
        faults.stream().limit(5).map(Fault::toString).collect(Collectors.joining("; "))
            + (faults.size() > 5 ? "; and " + (faults.size() - 5) + " more" : ""));
  }

  List<Fault> faults() {
    return faults;
  }

  private static @Nullable PolicyVersion policy(@Nullable Fields fields) {
    return fields == null
        ? null
        : new PolicyVersion(
            fields.integer("serial", 0, Long.MAX_VALUE),
            fields.integer("role-version", 0, Long.MAX_VALUE));
  }

  private @Nullable Footing footing(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    var taken = fields.object("taken");
    var sequence = taken.integer("sequence", 0, Long.MAX_VALUE);
    var hash = taken.optionalText("hash");
    var versions = new TreeMap<String, Long>();
    var written = fields.object("versions");
    for (var role : List.copyOf(written.names())) {
      versions.put(role, written.integer(role, 1, Footing.MOST_VERSION));
    }
    try {
      return new Footing(new Footing.Taken(sequence, hash == null ? "" : hash), versions);
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(fields.pointer(), String.valueOf(e.getMessage())));
      return null;
    }
  }

  private Coverage coverage(Fields fields) {
    return new Coverage(
        time(fields, "scanned-at"),
        fields.flag("supported", false),
        bounded(fields, "gaps", ReportJson.MAX_NOTES, this::gap));
  }

  private ReportedGap gap(Json json, String pointer) {
    var fields = Fields.of(json, pointer, faults);
    return new ReportedGap(fields.text("source"), known(fields, "problem", Problem.OTHER));
  }

  private ReportedRule rule(Json json, String pointer, Coverage coverage) {
    var fields = Fields.of(json, pointer, faults);
    var rule = fields.text("rule");
    var found = bounded(fields, "findings", ReportJson.MAX_FINDINGS, this::finding);
    findings += found.size();
    var told = known(fields, "state", found.isEmpty() ? RuleState.UNKNOWN : RuleState.PRESENT);
    var state = told.claimsClear() && !coverage.whole() ? RuleState.UNKNOWN : told;
    var presence =
        state == RuleState.PRESENT
            ? fields.has("presence") ? known(fields, "presence", Presence.NEW) : Presence.NEW
            : null;
    var date = time(fields, "date");
    var exempt = time(fields, "exempt-until");
    var actions = bounded(fields, "actions", ReportJson.MAX_ACTIONS, this::action);
    var notices = bounded(fields, "notices", ReportJson.MAX_NOTICES, this::notice);
    var answers = bounded(fields, "answers", ReportJson.MAX_ANSWERS, this::answer);
    try {
      return new ReportedRule(
          rule, state, presence, date, exempt, found, actions, notices, answers);
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(pointer, String.valueOf(e.getMessage())));
      return new ReportedRule("unread", RuleState.UNKNOWN, null, null, null, List.of(), List.of());
    }
  }

  private ReportedFinding finding(Json json, String pointer) {
    var fields = Fields.of(json, pointer, faults);
    return new ReportedFinding(
        fields.text("source"),
        fields.text("identity"),
        fields.optionalText("version"),
        fields.text("location"),
        fields.optionalText("owner"),
        known(fields, "strength", EvidenceStrength.WEAK),
        fields.flag("running", false),
        fields.optionalText("origin"),
        fields.has("key") ? fields.parsed("key", ReportedFinding::key, NO_KEY) : null);
  }

  private ReportedNotice notice(Json json, String pointer) {
    var fields = Fields.of(json, pointer, faults);
    return new ReportedNotice(
        fields.parsed("at", ReportReading::time, Instant.EPOCH),
        fields.parsed("phase", ReportedNotice::word, ReportedNotice.OTHER),
        fields.has("channel")
            ? fields.parsed("channel", ReportedNotice::word, ReportedNotice.OTHER)
            : null,
        known(fields, "outcome", ReportedNotice.OUTCOMES, ReportedNotice.OTHER),
        fields.optionalText("person"));
  }

  private ReportedAnswer answer(Json json, String pointer) {
    var fields = Fields.of(json, pointer, faults);
    return new ReportedAnswer(
        fields.parsed("id", ReportedAnswer::id, "unread"),
        known(fields, "kind", ReportedAnswer.KINDS, ReportedAnswer.OTHER),
        fields.parsed("at", ReportReading::time, Instant.EPOCH),
        time(fields, "until"),
        fields.has("finding") ? fields.parsed("finding", ReportedFinding::key, NO_KEY) : null,
        fields.optionalText("text"),
        fields.optionalText("person"));
  }

  private ReportedAction action(Json json, String pointer) {
    var fields = Fields.of(json, pointer, faults);
    return new ReportedAction(
        known(fields, "kind", ActionKind.OTHER),
        fields.text("identity"),
        fields.has("error") ? known(fields, "error", ErrorClass.OTHER) : null,
        fields.parsed("at", ReportReading::time, Instant.EPOCH));
  }

  private ReportedProblem problem(Json json, String pointer) {
    var fields = Fields.of(json, pointer, faults);
    return new ReportedProblem(
        known(fields, "problem", Problem.OTHER), fields.optionalText("subject"));
  }

  private <T> List<T> bounded(Fields fields, String name, int most, Fields.ItemReader<T> read) {
    if (fields.optional(name) instanceof Json.Arr(var items) && items.size() > most) {
      fields.fault(name, "has " + items.size() + " items, the most is " + most);
      return List.of();
    }
    return fields.list(name, read);
  }

  /// A constant of an enum, or `honest` for a word that only a newer agent knows.
  private static <E extends Enum<E>> E known(Fields fields, String name, E honest) {
    return fields.parsed(
        name,
        text -> {
          for (var constant : honest.getDeclaringClass().getEnumConstants()) {
            if (Fields.written(constant).equals(text)) {
              return constant;
            }
          }
          return honest;
        },
        honest);
  }

  /// One of `words`, or `honest` for one that only a newer agent knows.
  private static String known(Fields fields, String name, Set<String> words, String honest) {
    return fields.parsed(name, text -> words.contains(text) ? text : honest, honest);
  }

  private static @Nullable Instant time(Fields fields, String name) {
    return fields.has(name) ? fields.parsed(name, ReportReading::time, Instant.EPOCH) : null;
  }

  /// By hand: a report has a dozen, and a pattern takes longer than all the rest of it.
  private static boolean isTime(String text) {
    var length = text.length();
    if (length < TIME.length() + 1 || text.charAt(0) != '2' || text.charAt(length - 1) != 'Z') {
      return false;
    }
    for (var i = 0; i < TIME.length(); i++) {
      var wanted = TIME.charAt(i);
      if (wanted == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
        return false;
      }
    }
    if (length == TIME.length() + 1) {
      return true;
    }
    for (var i = TIME.length() + 1; i < length - 1; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return text.charAt(TIME.length()) == '.'
        && length >= TIME.length() + 3
        && length <= TIME.length() + 2 + MOST_DECIMALS;
  }

  private static Instant instant(String text) {
    var hour = number(text, 11, 13);
    var minute = number(text, 14, 16);
    var second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    var decimals = Math.max(0, text.length() - TIME.length() - 2);
    var nanos = decimals == 0 ? 0 : number(text, TIME.length() + 1, text.length() - 1);
    for (var i = decimals; i < MOST_DECIMALS; i++) {
      nanos *= 10;
    }
    var seconds = ((day.toEpochDay() * 24 + hour) * 60 + minute) * 60 + second;
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private static int number(String text, int from, int to) {
    var number = 0;
    for (var i = from; i < to; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static Instant time(String text) {
    if (isTime(text)) {
      try {
        return instant(text);
      } catch (DateTimeException e) {
        // Right shape, no such day or hour: falls through to the one refusal.
      }
    }
    throw new IllegalArgumentException("must be a UTC time such as 2026-07-10T00:00:00Z");
  }
}
