package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.KnownPlaces;
import dev.interdict.agent.sources.reading.Places;
import java.util.HashSet;

/// Extensions of Chrome, Chromium and the browsers made from it, in every profile: those that the
/// browser unpacked, and those that a user loads from a folder, which only the profile's
/// preferences know. The id is the identity, never the name.
///
/// Taking an extension's folder away does not make the browser forget it: an extension of the store
/// comes back by the account's synchronisation or is offered for repair, a forced one comes back by
/// its policy ([ForcedSource] sees that).
///
/// Does not see: a profile folder given on the command line, extensions given on the command line
/// for one run, and those that come with the browser itself. An unpacked extension outside of the
/// home is seen by what the preferences say of it, without a version.
public final class ChromeSource implements Source {

  @Override
  public String name() {
    return "chrome";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var known = new KnownPlaces(places);
    var seen = new HashSet<BytePath>();
    for (var browser : Browser.ALL) {
      for (var userData : known.find(browser.userData())) {
        if (seen.add(userData)) {
          profiles(home.home(), places, browser.name(), userData);
        }
      }
    }
  }

  /// Profiles may have any name and are told by their preferences; Opera's is the folder itself.
  private static void profiles(Home home, Places places, String browser, BytePath userData) {
    profile(home, places, browser, userData);
    for (var entry : places.list(userData)) {
      if (entry.kind() == FileKind.DIRECTORY) {
        profile(home, places, browser, userData.resolve(entry.name()));
      }
    }
  }

  private static void profile(Home home, Places places, String browser, BytePath folder) {
    try {
      if (places.tree().stat(folder.resolve("Preferences")) != null
          || places.tree().stat(folder.resolve("Extensions")) != null) {
        new ChromeProfile(home, places, browser, folder).inspect();
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    // Profiles lie in homes.
  }
}
