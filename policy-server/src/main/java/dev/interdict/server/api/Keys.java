package dev.interdict.server.api;

import dev.interdict.server.query.Asked;
import java.util.Set;

/// The keys by which lists are narrowed and ordered, described once; [Asked] reads them.
final class Keys {
  private static final Schema NAME = Schema.text(300);

  static final Parameter DEPT = names("dept", "Of this department.");
  static final Parameter RING = names("ring", "Of a device in this ring.");
  static final Parameter DETECTOR = names("detector", "Found by this inventory source.");
  static final Parameter PERSON =
      names("owner", "Of a workstation of this person, by the company's list.");
  static final Parameter SITE =
      names("site", "Of a workstation at this site, by the company's list.");
  static final Parameter MANAGER =
      names("manager", "Of a workstation of this manager's people, by the company's list.");
  static final Parameter RULES = names("rule", "Of this rule.");
  static final Parameter OS = words("os", "With this operating system: linux, macos, windows.");
  static final Parameter Q =
      Parameter.query("q", Schema.text(200), "Part of a host name, or the start of a device id.");
  static final Parameter Q_DEVICES =
      Parameter.query(
          "q",
          Schema.text(200),
          "Part of the first label of a host name, or the start of a device id. Of one that is"
              + " found very often a part is counted, which more says, and a page may have fewer"
              + " rows than asked for, or none, before the last.");

  /// By which somebody is looked for, or the people of somebody.
  static final Set<Parameter> SOUGHT = Set.of(PERSON, MANAGER, Q, Q_DEVICES);

  static final Parameter FROM =
      Parameter.query("from", Schema.text(40), "From that instant, or day in the zone tz, on.");
  static final Parameter TO =
      Parameter.query("to", Schema.text(40), "Before that instant, or up to that day and with it.");
  static final Parameter TZ =
      Parameter.query(
          "tz",
          Schema.text(60),
          "The time zone of days, and in which a CSV writes instants, with its offset, such as"
              + " Asia/Shanghai; UTC without.");

  private Keys() {}

  /// Of which any may be named.
  static Parameter names(String key, String description) {
    return Parameter.any(
        key, NAME, description + " Repeat it for any of several; !NAME: not this one; -: none.");
  }

  /// As [#names], out of a few words.
  static Parameter words(String key, String description) {
    return Parameter.any(
        key,
        Schema.text(200),
        description + " Repeat it, or write commas, for any of several; !WORD: not this one.");
  }

  /// What the list can be ordered by cheaply.
  static Parameter sort(String description) {
    return Parameter.query("sort", Schema.text(60), description);
  }
}
