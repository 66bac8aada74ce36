package dev.interdict.policy;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// When a ban is announced and when it takes effect. A device's own date is never before
/// [#effectiveAt], and never before its first shown notice plus [#minimumNotice].
///
/// @param announce from when employees are told, in `zone`
/// @param effective from when it is enforced, in `zone`, or in the device's zone with [Clock#LOCAL]
/// @param zone of the two dates above
/// @param minimumNotice least time between the first notice really shown and enforcement
/// @param reminders how long before the device's date to remind again, longest first
/// @param outOfContact by which time a device goes that nobody has told the time for days
/// @param requestFreezes whether a request for an exemption that was filed at least a workday
///   before the date holds the removal until it is decided: three days at most, once per device
public record Timeline(
    LocalDateTime announce,
    LocalDateTime effective,
    ZoneId zone,
    Clock clock,
    Duration minimumNotice,
    List<Duration> reminders,
    Deferral deferral,
    OutOfContact outOfContact,
    boolean requestFreezes) {

  /// Whose midnight counts.
  public enum Clock {
    /// One instant for everybody, that of `zone`.
    INSTANT,
    /// The same wall-clock time in each device's own zone.
    LOCAL
  }

  /// By which time the effective date is judged on a device whose time has long gone unconfirmed.
  /// Nothing of it shortens the minimum notice.
  public enum OutOfContact {
    /// The wall clock may bring the date on, by a month at most.
    WALL_CLOCK,
    /// Trusted time alone, for ever: time powered off is not counted.
    WAIT,
    /// Whatever is announced is enforced: whoever keeps the server silent can bring it on.
    ENFORCE
  }

  /// How often, and by how much each time, an employee may put the removal off.
  public record Deferral(int times, Duration by) {
    /// None.
    public static final Deferral NONE = new Deferral(0, Duration.ZERO);
  }

  /// A timeline on which requests for exemptions hold nothing.
  public Timeline(
      LocalDateTime announce,
      LocalDateTime effective,
      ZoneId zone,
      Clock clock,
      Duration minimumNotice,
      List<Duration> reminders,
      Deferral deferral,
      OutOfContact outOfContact) {
    this(announce, effective, zone, clock, minimumNotice, reminders, deferral, outOfContact, false);
  }

  public Timeline {
    reminders = reminders.stream().sorted(java.util.Comparator.reverseOrder()).toList();
  }

  /// The instant of the announcement.
  public Instant announceAt() {
    return announce.atZone(zone).toInstant();
  }

  /// The instant from which the rule is enforced on a device in `deviceZone`.
  public Instant effectiveAt(ZoneId deviceZone) {
    return switch (clock) {
      case INSTANT -> effective.atZone(zone).toInstant();
      case LOCAL -> effective.atZone(deviceZone).toInstant();
    };
  }

  /// Names the effective date, the same on every device and in every zone: what a notice spoke of.
  public Instant term() {
    return effective.atZone(zone).toInstant();
  }

  static Timeline read(Fields fields) {
    var before = fields.faults().size();
    var deferral = fields.optionalObject("defer");
    var timeline =
        new Timeline(
            fields.parsed("announce", Dates::dateTime, LocalDateTime.MAX),
            fields.parsed("effective", Dates::dateTime, LocalDateTime.MAX),
            fields.parsed("zone", Dates::zone, ZoneOffset.UTC),
            fields.has("clock") ? fields.choice("clock", Clock.class) : Clock.INSTANT,
            fields.parsed("minimum-notice", Dates::duration, Duration.ZERO),
            reminders(fields),
            deferral == null ? Deferral.NONE : readDeferral(deferral),
            fields.has("out-of-contact")
                ? fields.choice("out-of-contact", OutOfContact.class)
                : OutOfContact.WALL_CLOCK,
            fields.flag("request-freezes", false));
    fields.end();
    if (fields.faults().size() == before && !timeline.announce.isBefore(timeline.effective)) {
      fields.fault(
          "effective",
          "takes effect at "
              + timeline.effective
              + ", not after its announcement at "
              + timeline.announce
              + "; write a later date");
    }
    return timeline;
  }

  private static List<Duration> reminders(Fields fields) {
    return fields.list(
        "reminders",
        (item, at) -> {
          try {
            return Dates.duration(((dev.interdict.json.Json.Text) item).value());
          } catch (IllegalArgumentException | ClassCastException e) {
            fields.faults().add(new Fault(at, "is no duration; write days as P2D, hours as PT4H"));
            return Duration.ZERO;
          }
        });
  }

  private static Deferral readDeferral(Fields fields) {
    var deferral =
        new Deferral(
            (int) fields.integer("times", 0, 10),
            fields.parsed("by", Dates::duration, Duration.ZERO));
    fields.end();
    return deferral;
  }
}
