package dev.interdict.decide.story;

import dev.interdict.decide.DeviceFacts;
import dev.interdict.policy.OperatingSystem;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A device, its people, and what happens to them.
///
/// @param device with the zone in which it is at first
/// @param corporate whether it is in the corporate network
/// @param alwaysOn whether it runs while nobody uses it
/// @param foundSince from when the tool is installed
/// @param holders people in whose homes it is; all of them where it is the machine's
/// @param off when it is powered off, whoever would use it
/// @param turns in their order
public record Life(
    DeviceFacts device,
    boolean corporate,
    boolean alwaysOn,
    Instant foundSince,
    Set<String> holders,
    List<Person> people,
    List<Span> off,
    List<Turn> turns) {
  public Life {
    holders = Set.copyOf(holders);
    people = List.copyOf(people);
    off = List.copyOf(off);
    turns = turns.stream().sorted(Comparator.comparing(Turn::at)).toList();
  }

  /// A workstation of one person who works from Monday to Friday, 09:00 to 18:00.
  ///
  /// @param away when they are not there
  public static Life ofOneWorker(ZoneId zone, Instant foundSince, List<Span> away) {
    var week = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    var hours = new Weekly(week, LocalTime.of(9, 0), LocalTime.of(18, 0));
    return new Life(
        new DeviceFacts("0".repeat(32), OperatingSystem.LINUX, zone, Set.of()),
        true,
        false,
        foundSince,
        Set.of("worker"),
        List.of(new Person("worker", List.of(hours), away)),
        List.of(),
        List.of());
  }
}
