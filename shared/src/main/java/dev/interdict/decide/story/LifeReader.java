package dev.interdict.decide.story;

import dev.interdict.decide.DeviceFacts;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.policy.Dates;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Groups;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a life from JSON, strictly: what is not understood is said, all of it at once. Every date
/// is written by the clock of the zone in which the device is at first, hours of use by the clock
/// of the zone in which it then is.
public final class LifeReader {
  /// Longest document, in bytes.
  public static final int MOST_BYTES = 64 << 10;

  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 8, 1000, 5000, false);
  private static final int MOST_PEOPLE = 20;
  private static final int MOST_HOURS = 28;
  private static final int MOST_SPANS = 100;
  private static final int MOST_EVENTS = 200;
  private static final int MOST_TEXT = 200;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,31}");
  private static final Pattern TIME = Pattern.compile("[0-2][0-9]:[0-5][0-9]");
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

  private final Set<String> names = new HashSet<>();
  private ZoneId zone = ZoneOffset.UTC;

  /// Who or what an event is about.
  private enum Kind {
    REMIND,
    PUT_OFF,
    REQUEST,
    REFUSE,
    EXEMPT,
    STOP,
    TRAVEL,
    NEW_DATES
  }

  /// Whether the device runs while nobody uses it.
  private enum Running {
    WHILE_USED,
    ALWAYS
  }

  /// The life in `document`.
  ///
  /// @throws JsonException if it is none; the message names each fault and its place
  public static Life read(byte[] document) throws JsonException {
    var faults = new ArrayList<Fault>();
    var life = new LifeReader().life(Fields.of(JsonReader.read(document, LIMITS), faults));
    if (!faults.isEmpty()) {
      throw new JsonException(
          String.join("; ", faults.stream().limit(5).map(Fault::toString).toList()));
    }
    return life;
  }

  private Life life(Fields fields) {
    zone = fields.parsed("zone", Dates::zone, ZoneOffset.UTC);
    var device =
        new DeviceFacts(
            fields.parsed("device", DeviceId::new, new DeviceId("0".repeat(32))).value(),
            fields.parsed("system", LifeReader::system, OperatingSystem.LINUX),
            zone,
            groups(fields));
    var people = fields.list("people", (item, at) -> person(Fields.of(item, at, fields.faults())));
    most(fields, "people", people.size(), MOST_PEOPLE);
    var found = fields.object("found");
    var since = instant(found, "since");
    var holders = Set.copyOf(found.has("of") ? found.texts("of") : List.copyOf(names));
    holders.stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> found.fault("of", "\"" + name + "\" is none of the people"));
    found.end();
    var running =
        fields.has("running")
            ? fields.choice("running", Running.class)
            : people.isEmpty() ? Running.ALWAYS : Running.WHILE_USED;
    var off = spans(fields, "off");
    var turns = new ArrayList<Turn>();
    fields.list(
        "events",
        (item, at) -> {
          turns(Fields.of(item, at, fields.faults()), turns);
          return at;
        });
    most(fields, "events", turns.size(), MOST_EVENTS);
    var life =
        new Life(
            device,
            fields.flag("corporate-network", true),
            running == Running.ALWAYS,
            since,
            holders,
            people,
            off,
            turns);
    fields.end();
    return life;
  }

  private static Set<String> groups(Fields fields) {
    try {
      return Groups.of(fields.texts("groups"));
    } catch (IllegalArgumentException e) {
      fields.fault("groups", String.valueOf(e.getMessage()));
      return Set.of();
    }
  }

  private static OperatingSystem system(String text) {
    return OperatingSystem.of(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown system \"" + text + "\"; write linux, macos or windows"));
  }

  private Person person(Fields fields) {
    var name = fields.parsed("name", LifeReader::name, "");
    if (!names.add(name)) {
      fields.fault("name", "\"" + name + "\" is there twice");
    }
    var uses = fields.list("uses", (item, at) -> hours(Fields.of(item, at, fields.faults())));
    most(fields, "uses", uses.size(), MOST_HOURS);
    var person = new Person(name, uses, spans(fields, "away"));
    fields.end();
    return person;
  }

  private static Weekly hours(Fields fields) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var day : fields.texts("days")) {
      try {
        days.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        fields.fault("days", "\"" + day + "\" is no day of the week; write such as monday");
      }
    }
    var from = fields.parsed("from", LifeReader::time, LocalTime.MIN);
    var to = fields.parsed("to", LifeReader::time, LocalTime.MAX);
    fields.end();
    try {
      return new Weekly(days, from, to);
    } catch (IllegalArgumentException e) {
      fields.faults().add(new Fault(fields.pointer(), String.valueOf(e.getMessage())));
      return new Weekly(EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, LocalTime.MAX);
    }
  }

  private List<Span> spans(Fields fields, String name) {
    var spans = fields.list(name, (item, at) -> span(Fields.of(item, at, fields.faults())));
    most(fields, name, spans.size(), MOST_SPANS);
    return spans;
  }

  private Span span(Fields fields) {
    var from = instant(fields, "from");
    var to = instant(fields, "to");
    fields.end();
    if (from.isBefore(to)) {
      return new Span(from, to);
    }
    if (fields.faults().isEmpty()) {
      fields.fault("to", "is not after from");
    }
    return new Span(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
  }

  private void turns(Fields fields, List<Turn> turns) {
    var at = instant(fields, "at");
    switch (fields.choice("kind", Kind.class)) {
      case REMIND -> turns.add(new Turn.Remind(at, someone(fields), instant(fields, "until")));
      case PUT_OFF -> turns.add(new Turn.PutOff(at, someone(fields)));
      case REQUEST -> turns.add(new Turn.Request(at, someone(fields)));
      case REFUSE -> turns.add(new Turn.Refuse(at, fields.parsed("reason", LifeReader::line, "")));
      case EXEMPT -> turns.add(new Turn.Exempt(at, instant(fields, "until")));
      case STOP -> {
        turns.add(new Turn.Stop(at, fields.parsed("reason", LifeReader::line, "")));
        turns.add(new Turn.Resume(instant(fields, "until")));
      }
      case TRAVEL -> turns.add(new Turn.Travel(at, fields.parsed("zone", Dates::zone, zone)));
      case NEW_DATES -> turns.add(dates(fields, at));
    }
    fields.end();
  }

  private static Turn dates(Fields fields, Instant at) {
    var announce = fields.parsed("announce", Dates::dateTime, LocalDateTime.MIN);
    var effective = fields.parsed("effective", Dates::dateTime, LocalDateTime.MAX);
    if (!announce.isBefore(effective)) {
      fields.fault("effective", "is not after announce");
    }
    return new Turn.NewDates(at, announce, effective);
  }

  private String someone(Fields fields) {
    var name = fields.text("person");
    if (!names.contains(name)) {
      fields.fault("person", "\"" + name + "\" is none of the people");
    }
    return name;
  }

  private Instant instant(Fields fields, String name) {
    return fields
        .parsed(name, Dates::dateTime, LocalDateTime.of(1970, 1, 1, 0, 0))
        .atZone(zone)
        .toInstant();
  }

  private static void most(Fields fields, String name, int count, int most) {
    if (count > most) {
      fields.fault(name, "lists " + count + ", more than " + most);
    }
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no name; write up to 32 letters, digits, dots and dashes");
    }
    return text;
  }

  private static String line(String text) {
    if (text.length() > MOST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("is no line of up to " + MOST_TEXT + " characters");
    }
    return text;
  }

  private static LocalTime time(String text) {
    try {
      if (TIME.matcher(text).matches()) {
        return LocalTime.parse(text, HOUR);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no time; write such as 09:00", e);
    }
    throw new IllegalArgumentException("\"" + text + "\" is no time; write such as 09:00");
  }
}
