package dev.interdict.server.fleetsim;

import dev.interdict.policy.Vocabulary;
import dev.interdict.report.Device;
import dev.interdict.report.DeviceId;
import dev.interdict.report.OsFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Who the devices are: everything about machine number `i` that does not change. Pure.
///
/// @param devices machines with a key of their own
/// @param clones further machines, each a copy of one of the others with its key
/// @param begins from when on there is anything to tell
/// @param interval between two check-ins of a machine that is on
/// @param rules that a device reports on beside the ban: what is only observed
/// @param temper how it lives
record Company(
    Draw draw,
    int devices,
    int clones,
    Instant begins,
    Duration interval,
    Ban ban,
    List<String> rules,
    Temper temper) {
  private static final List<String> SITES = List.of("hz", "bj", "sh", "sz", "cd", "mu", "sj");

  /// Percent of machines by site, and its hours ahead of UTC.
  private static final int[] SITE_WEIGHTS = {30, 22, 18, 12, 8, 6, 4};

  private static final int[] SITE_HOURS = {8, 8, 8, 8, 8, 1, -8};

  private static final List<String> DEPARTMENTS =
      List.of(
          "R&D platform",
          "Data and AI",
          "Mobile apps",
          "Cloud operations",
          "Quality",
          "Security",
          "Finance",
          "Sales",
          "Human resources",
          "Legal");
  private static final int[] DEPARTMENT_WEIGHTS = {18, 10, 12, 8, 7, 3, 9, 20, 8, 5};

  /// Percent of a department's machines that have the tool.
  private static final int[] ADOPTION = {55, 62, 38, 41, 22, 30, 4, 3, 2, 1};

  /// Departments are divided, so that there are as many as a large company has.
  private static final int DIVISIONS = 20;

  /// Whether something changes with every check-in.
  boolean restless() {
    return temper == Temper.RESTLESS;
  }

  /// All machines, clones among them.
  int machines() {
    return devices + clones;
  }

  /// The machine whose key `machine` has: itself, but for a clone.
  int keyOf(int machine) {
    return machine < devices ? machine : draw.below(devices, machine, 1);
  }

  /// The place of its department among all.
  int department(int machine) {
    var kind = draw.weighted(DEPARTMENT_WEIGHTS, keyOf(machine), 2);
    var divisions = devices < 2_000 ? 1 : DIVISIONS;
    return kind * divisions + draw.below(divisions, keyOf(machine), 3);
  }

  /// The names of all departments, in their order.
  List<String> departments() {
    if (devices < 2_000) {
      return DEPARTMENTS;
    }
    return DEPARTMENTS.stream()
        .flatMap(name ->
            java.util.stream.IntStream.rangeClosed(1, DIVISIONS).mapToObj(n -> name + " " + n))
        .toList();
  }

  /// Whether the machine has the banned tool at some time.
  boolean adopts(int machine) {
    if (temper == Temper.AT_ONCE) {
      return true;
    }
    var kind = draw.weighted(DEPARTMENT_WEIGHTS, keyOf(machine), 2);
    return draw.below(100, machine, 4) < ADOPTION[kind];
  }

  OsFamily os(int machine) {
    var percent = draw.below(100, keyOf(machine), 5);
    return percent < 55 ? OsFamily.WINDOWS : percent < 85 ? OsFamily.MACOS : OsFamily.LINUX;
  }

  int hoursAhead(int machine) {
    return SITE_HOURS[draw.weighted(SITE_WEIGHTS, machine, 6)];
  }

  String agent(int machine) {
    return draw.below(10, machine, 7) == 0 ? "0.0.9" : "0.1.0";
  }

  /// What its reports and its request to enrol say of the machine itself.
  Device facts(int machine, DeviceId id) {
    var os = os(machine);
    var version =
        switch (os) {
          case WINDOWS -> "Windows 11 24H2";
          case MACOS -> "macOS 15.5";
          case LINUX -> "Debian GNU/Linux 12";
          case OTHER -> "unknown";
        };
    var site = SITES.get(draw.weighted(SITE_WEIGHTS, machine, 6));
    var host = site + "-" + os.name().charAt(0) + "-" + (1_000_000 + keyOf(machine));
    var architecture = os == OsFamily.MACOS ? "aarch64" : "amd64";
    return new Device(id, host, os, version, architecture, Vocabulary.CURRENT);
  }
}
