package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys below `Uninstall`, where installers of Windows record what they installed. The commands
/// to uninstall that they hold are never read.
final class Uninstall {
  private static final String PLACE = "Microsoft\\Windows\\CurrentVersion\\Uninstall";

  /// Below `SOFTWARE`: what programs of 64 bits record, and those of 32 bits.
  private static final List<String> BELOW_SOFTWARE = List.of(PLACE, "WOW6432Node\\" + PLACE);

  private Uninstall() {}

  /// Those of the machine.
  static List<RegistryKey> of(@Nullable RegistryKey software, Sightings out) {
    return below(software, BELOW_SOFTWARE, out);
  }

  /// Those of one user.
  static List<RegistryKey> ofUser(@Nullable RegistryKey user, Sightings out) {
    return below(user, BELOW_SOFTWARE.stream().map(place -> "Software\\" + place).toList(), out);
  }

  private static List<RegistryKey> below(
      @Nullable RegistryKey root, List<String> places, Sightings out) {
    var keys = new ArrayList<RegistryKey>();
    for (var place : places) {
      try {
        var key = root == null ? null : root.at(place);
        if (key != null) {
          keys.addAll(key.children());
        }
      } catch (UnreadableException e) {
        out.gap(e);
      }
    }
    return keys;
  }
}
