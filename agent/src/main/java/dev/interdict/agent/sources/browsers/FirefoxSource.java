package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.KnownPlaces;
import dev.interdict.agent.sources.reading.Origins;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.RecordedPath;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Add-ons of Firefox and the browsers made from it, in every profile that `profiles.ini` names or
/// that lies beside it, and those that the machine or the home has for all profiles.
///
/// Does not see: a profile given on the command line, add-ons loaded for one run, themes and
/// languages, what is a part of the browser, and Thunderbird. A removed add-on comes back by a
/// policy ([ForcedSource] sees that) or by the account's synchronisation.
public final class FirefoxSource implements Source {
  private static final int LONGEST_INI = 1 << 20;

  /// The id of Firefox in folders that several programs share.
  private static final String APPLICATION = "{ec8030f7-c20a-464f-9b0e-13a3a9e97384}";

  /// @param folder that holds `profiles.ini`, relative to the home
  private record Browser(String name, String folder) {}

  private static final List<Browser> BROWSERS =
      List.of(
          new Browser("Firefox", ".mozilla/firefox"),
          new Browser("Firefox", ".config/mozilla/firefox"),
          new Browser("Firefox from a snap", "snap/firefox/common/.mozilla/firefox"),
          new Browser("Firefox from a snap", "snap/firefox/common/.config/mozilla/firefox"),
          new Browser("Firefox from a flatpak", ".var/app/org.mozilla.firefox/.mozilla/firefox"),
          new Browser(
              "Firefox from a flatpak", ".var/app/org.mozilla.firefox/config/mozilla/firefox"),
          new Browser("LibreWolf", ".librewolf"),
          new Browser("LibreWolf", ".config/librewolf/librewolf"),
          new Browser(
              "LibreWolf from a flatpak", ".var/app/io.gitlab.librewolf-community/.librewolf"),
          new Browser("Waterfox", ".waterfox"),
          new Browser("Floorp", ".floorp"),
          new Browser("Zen", ".zen"),
          new Browser("Zen from a flatpak", ".var/app/app.zen_browser.zen/.zen"),
          new Browser("Firefox", "Library/Application Support/Firefox"),
          new Browser("LibreWolf", "Library/Application Support/librewolf"),
          new Browser("Waterfox", "Library/Application Support/Waterfox"),
          new Browser("Floorp", "Library/Application Support/Floorp"),
          new Browser("Zen", "Library/Application Support/zen"),
          new Browser("Firefox", "AppData/Roaming/Mozilla/Firefox"),
          new Browser("LibreWolf", "AppData/Roaming/librewolf"),
          new Browser("Waterfox", "AppData/Roaming/Waterfox"),
          new Browser("Floorp", "AppData/Roaming/Floorp"),
          new Browser("Zen", "AppData/Roaming/zen"));

  private static final List<String> FOR_ALL_PROFILES =
      List.of(
          ".mozilla/extensions/" + APPLICATION,
          ".config/mozilla/extensions/" + APPLICATION,
          "Library/Application Support/Mozilla/Extensions/" + APPLICATION,
          "AppData/Roaming/Mozilla/Extensions/" + APPLICATION);

  private static final List<String> MACHINE_WIDE =
      List.of(
          "usr/lib/mozilla/extensions/" + APPLICATION,
          "usr/lib64/mozilla/extensions/" + APPLICATION,
          "usr/share/mozilla/extensions/" + APPLICATION,
          "usr/lib/firefox/distribution/extensions",
          "usr/lib/firefox-esr/distribution/extensions",
          "opt/firefox/distribution/extensions",
          "Library/Application Support/Mozilla/Extensions/" + APPLICATION,
          "Applications/Firefox.app/Contents/Resources/distribution/extensions",
          "Program Files/Mozilla Firefox/distribution/extensions");

  @Override
  public String name() {
    return "firefox";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var known = new KnownPlaces(places);
    var seen = new HashSet<BytePath>();
    for (var browser : BROWSERS) {
      for (var folder : known.find(browser.folder())) {
        for (var profile : profiles(places, folder)) {
          if (seen.add(profile)) {
            var origin = Origins.in(browser.name(), profile.nameText());
            new FirefoxAddons(home.home(), places, origin).profile(profile);
          }
        }
      }
    }
    for (var pattern : FOR_ALL_PROFILES) {
      var all = new FirefoxAddons(home.home(), places, "all profiles of Firefox");
      known.find(pattern).forEach(folder -> all.folder(folder, Set.of()));
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var known = new KnownPlaces(places);
    var all = new FirefoxAddons(null, places, "Firefox of the machine");
    for (var pattern : MACHINE_WIDE) {
      known.find(pattern).forEach(folder -> all.folder(folder, Set.of()));
    }
  }

  /// The profiles that the list names, and those that lie where profiles are made: one that is no
  /// longer listed can still be started.
  private static Set<BytePath> profiles(Places places, BytePath folder) {
    var profiles = new LinkedHashSet<BytePath>();
    try {
      for (var path : listed(places, folder)) {
        profiles.addAll(places.at(path));
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
    for (var base : List.of(folder, folder.resolve("Profiles"))) {
      for (var entry : places.list(base)) {
        if (entry.kind() == FileKind.DIRECTORY) {
          profiles.addAll(places.at(base.resolve(entry.name())));
        }
      }
    }
    return profiles;
  }

  private static Set<BytePath> listed(Places places, BytePath folder) throws UnreadableException {
    var paths = new LinkedHashSet<BytePath>();
    var file = folder.resolve("profiles.ini");
    var bytes = places.tree().read(file, LONGEST_INI);
    if (bytes == null) {
      return paths;
    }
    for (var line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      if (line.startsWith("Path=")) {
        var path = RecordedPath.of(folder, line.substring("Path=".length()).strip());
        if (path == null) {
          continue;
        }
        if (path.startsWith(places.within())) {
          paths.add(path);
        } else {
          places
              .out()
              .gap(
                  new UnreadableException(
                      Reason.LINK_IN_PATH, file, "names a profile outside of the home"));
        }
      }
    }
    return paths;
  }
}
