package dev.interdict.policy;

import dev.interdict.json.Fields;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which devices a rule is for, and in which order they follow.
///
/// @param systems empty means every operating system
/// @param include groups; empty means all
/// @param exclude groups that are left out, also where included
/// @param corporate how a device knows that it is in the corporate network; where the rule is for
///   that network and this is empty, no device is
/// @param rings earlier dates for parts of the fleet; later ones are never set here
public record Scope(
    Set<OperatingSystem> systems,
    Set<String> include,
    Set<String> exclude,
    Network network,
    List<Beacon> corporate,
    List<Ring> rings) {

  private static final int MOST_BEACONS = 8;

  /// Everywhere, at once.
  public static final Scope ALL =
      new Scope(Set.of(), Set.of(), Set.of(), Network.ANY, List.of(), List.of());

  /// Where a device must be connected for the rule to apply.
  public enum Network {
    ANY,
    CORPORATE
  }

  /// A share of the fleet, chosen by a stable hash of the device id, with its own date.
  ///
  /// @param percent 1 to 100 of the devices, counted from the ring before
  /// @param at in the timeline's zone
  public record Ring(String name, int percent, LocalDateTime at) {}

  public Scope {
    systems = Set.copyOf(systems);
    include = Set.copyOf(include);
    exclude = Set.copyOf(exclude);
    corporate = List.copyOf(corporate);
    rings = List.copyOf(rings);
  }

  static Scope read(Fields fields) {
    var groups = fields.optionalObject("groups");
    Set<String> include = groups == null ? Set.of() : Set.copyOf(groups.texts("include"));
    Set<String> exclude = groups == null ? Set.of() : Set.copyOf(groups.texts("exclude"));
    if (groups != null) {
      groups.end();
    }
    var systems = EnumSet.noneOf(OperatingSystem.class);
    for (var name : fields.texts("os")) {
      OperatingSystem.of(name)
          .ifPresentOrElse(
              systems::add,
              () ->
                  fields.fault(
                      "os", "unknown system \"" + name + "\"; write linux, macos or windows"));
    }
    var corporate =
        fields.list("corporate", (item, at) -> Beacon.read(Fields.of(item, at, fields.faults())));
    if (corporate.size() > MOST_BEACONS) {
      fields.fault("corporate", "lists more than " + MOST_BEACONS + " hosts; list fewer");
    }
    var scope =
        new Scope(
            systems,
            include,
            exclude,
            fields.has("network") ? fields.choice("network", Network.class) : Network.ANY,
            corporate,
            fields.list("rings", (item, at) -> readRing(Fields.of(item, at, fields.faults()))));
    fields.end();
    return scope;
  }

  private static Ring readRing(Fields fields) {
    var ring =
        new Ring(
            fields.text("name"),
            (int) fields.integer("percent", 1, 100),
            fields.parsed("at", Dates::dateTime, LocalDateTime.MAX));
    fields.end();
    return ring;
  }
}
