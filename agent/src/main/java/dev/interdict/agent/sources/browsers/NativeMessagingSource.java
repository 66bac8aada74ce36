package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.KnownPlaces;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.RecordedPath;
import dev.interdict.json.Json;
import dev.interdict.policy.Residue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that a browser's extensions may start and talk to (native-messaging hosts), after
/// "Native messaging" of Chrome's and Mozilla's documentation: one JSON file each, whose `name` is
/// the identity. Residue: it is left behind when the extension goes, and is there without it.
///
/// The file in a home goes with the program that it names, if that is found where it lies and goes.
/// What the machine has is only told.
///
/// Does not see: hosts that only the Windows registry names.
public final class NativeMessagingSource implements Source {
  private static final int LONGEST_NAME = 255;

  private static final List<String> FIREFOX =
      List.of(
          ".mozilla/native-messaging-hosts",
          ".config/mozilla/native-messaging-hosts",
          ".librewolf/native-messaging-hosts",
          ".waterfox/native-messaging-hosts",
          "snap/firefox/common/.mozilla/native-messaging-hosts",
          ".var/app/org.mozilla.firefox/.mozilla/native-messaging-hosts",
          "Library/Application Support/Mozilla/NativeMessagingHosts",
          "AppData/Roaming/Mozilla/NativeMessagingHosts");

  /// By the browser's name.
  private static final Map<String, List<String>> MACHINE_WIDE =
      Map.of(
          "Chrome",
              List.of(
                  "etc/opt/chrome/native-messaging-hosts",
                  "etc/opt/chrome_for_testing/native-messaging-hosts",
                  "Library/Google/Chrome/NativeMessagingHosts"),
          "Chromium",
              List.of(
                  "etc/chromium/native-messaging-hosts",
                  "etc/chromium-browser/native-messaging-hosts",
                  "usr/lib/chromium/native-messaging-hosts",
                  "Library/Application Support/Chromium/NativeMessagingHosts"),
          "Edge",
              List.of(
                  "etc/opt/edge/native-messaging-hosts",
                  "Library/Microsoft/Edge/NativeMessagingHosts"),
          "Brave", List.of("etc/opt/brave/native-messaging-hosts"),
          "Vivaldi", List.of("etc/opt/vivaldi/native-messaging-hosts"),
          "Firefox",
              List.of(
                  "usr/lib/mozilla/native-messaging-hosts",
                  "usr/lib64/mozilla/native-messaging-hosts",
                  "usr/share/mozilla/native-messaging-hosts",
                  "Library/Application Support/Mozilla/NativeMessagingHosts"));

  @Override
  public String name() {
    return "nativemessaging";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var known = new KnownPlaces(places);
    var folders = new LinkedHashMap<BytePath, String>();
    for (var browser : Browser.ALL) {
      for (var userData : known.find(browser.userData())) {
        places
            .find(userData, "NativeMessagingHosts")
            .forEach(folder -> folders.putIfAbsent(folder, browser.name()));
      }
    }
    for (var pattern : FIREFOX) {
      known.find(pattern).forEach(folder -> folders.putIfAbsent(folder, "Firefox"));
    }
    // On Windows a program keeps the file with its own data, and the registry names it.
    known
        .find("AppData/Roaming/*/ChromeNativeHost")
        .forEach(folder -> folders.putIfAbsent(folder, "browsers"));
    folders.forEach((folder, browser) -> hosts(home.home(), places, folder, browser));
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var known = new KnownPlaces(places);
    MACHINE_WIDE.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(browser -> {
          Set<BytePath> folders = new HashSet<>();
          for (var pattern : browser.getValue()) {
            known.find(pattern).stream()
                .filter(folders::add)
                .forEach(folder -> hosts(null, places, folder, browser.getKey()));
          }
        });
  }

  private static void hosts(@Nullable Home owner, Places places, BytePath folder, String browser) {
    for (var entry : places.list(folder)) {
      var file = folder.resolve(entry.name());
      if (entry.kind() != FileKind.DIRECTORY && file.nameText().endsWith(".json")) {
        try {
          host(owner, places, file, browser);
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  private static void host(@Nullable Home owner, Places places, BytePath file, String browser)
      throws UnreadableException {
    var real = Links.real(places.tree(), places.within(), file);
    var record = real == null ? null : Metadata.object(places.tree(), real);
    var fact = places.tree().stat(file);
    if (record == null || fact == null) {
      return;
    }
    var name = Metadata.text(record, "name");
    if (name == null || !valid(name)) {
      throw Metadata.malformed(file, "states no valid name of a native-messaging host");
    }
    var main = new Part(Part.Role.MAIN, file, fact.id(), fact.kind());
    var starts = owner == null ? List.<BytePath>of() : starts(places, record);
    places
        .out()
        .item(
            new Item(
                    "nativemessaging",
                    new Identity.OfResidue(Residue.NATIVE_MESSAGING, name),
                    null,
                    owner,
                    file,
                    owner == null ? List.of() : List.of(main),
                    browser)
                .starting(starts));
  }

  private static List<BytePath> starts(Places places, Json.Obj record) {
    var path = Metadata.text(record, "path");
    var meant =
        path == null || !path.startsWith("/") ? null : RecordedPath.of(places.within(), path);
    if (meant == null || !meant.startsWith(places.within())) {
      return List.of();
    }
    try {
      var real = Links.real(places.tree(), places.within(), meant);
      return List.of(real == null ? meant : real);
    } catch (UnreadableException e) {
      // What it starts lies outside of the home, and is not this home's.
      return List.of();
    }
  }

  /// Words of letters, digits and underscores with dots between them. Chrome takes lower case only,
  /// Firefox both.
  private static boolean valid(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '.');
  }
}
