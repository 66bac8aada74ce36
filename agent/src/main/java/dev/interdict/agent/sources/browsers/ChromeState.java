package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a profile of a Chrome-family browser has written down of its extensions:
/// `extensions.settings` of `Secure Preferences` (Windows, macOS) and of `Preferences` (Linux), by
/// id.
///
/// @param file that states it
/// @param location how it was installed, a `ManifestLocation` of Chromium's
///   `extensions/common/mojom/manifest.mojom`
/// @param path of its folder: absolute, or relative to `Extensions`; null where none is stated
/// @param disabled whether the browser does not load it
record ChromeState(BytePath file, long location, @Nullable String path, boolean disabled) {
  private static final long UNPACKED = 4;
  private static final long COMMAND_LINE = 8;

  /// These files hold everything that a profile remembers, icons and texts of pages too.
  static final JsonLimits LIMITS = new JsonLimits(8 << 20, 128, 4 << 20, 400_000, true);

  /// All extensions of a profile; what is broken is a gap and states nothing.
  static Map<String, ChromeState> of(Places places, BytePath profile) {
    var states = new LinkedHashMap<String, ChromeState>();
    for (var name : List.of("Preferences", "Secure Preferences")) {
      var file = profile.resolve(name);
      try {
        if (Metadata.json(places.tree(), file, LIMITS) instanceof Json json) {
          read(json, file, states);
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
    return states;
  }

  private static void read(Json json, BytePath file, Map<String, ChromeState> states)
      throws UnreadableException {
    if (!(json instanceof Json.Obj preferences)) {
      throw Metadata.malformed(file, "is no JSON object");
    }
    if (preferences.get("extensions") instanceof Json.Obj extensions
        && extensions.get("settings") instanceof Json.Obj settings) {
      settings
          .members()
          .forEach((id, state) -> {
            // Leftovers without a location are settings of what is not installed.
            if (state instanceof Json.Obj of
                && of.get("location") instanceof Json.Int(var location)) {
              states.put(
                  id, new ChromeState(file, location, Metadata.text(of, "path"), disabled(of)));
            }
          });
    }
  }

  /// The reasons are a list; older versions wrote one number of flags, or a state that is 0.
  private static boolean disabled(Json.Obj state) {
    return switch (state.get("disable_reasons")) {
      case Json.Arr(var reasons) -> !reasons.isEmpty();
      case Json.Int(var reasons) -> reasons != 0;
      case null, default -> state.get("state") instanceof Json.Int(var on) && on == 0;
    };
  }

  /// Whether it is loaded from a folder of the user's choice.
  boolean unpacked() {
    return location == UNPACKED || location == COMMAND_LINE;
  }

  /// How it came, in words; empty for what a user chose in the store.
  String how() {
    var came =
        switch ((int) location) {
          case 2, 3, 6 -> ", brought by another program";
          case 4, 8 -> ", unpacked";
          case 7, 9 -> ", forced by policy";
          default -> "";
        };
    return disabled ? came + ", disabled" : came;
  }
}
