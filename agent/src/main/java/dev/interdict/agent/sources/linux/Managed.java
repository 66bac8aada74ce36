package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Packages of a machine-wide package manager. Its files are the manager's, so an item has no
/// parts, not even programs: every part of an item that is in no other part may be taken away.
///
/// @param source the manager's name
/// @param type of its package URLs
/// @param vendor namespace of its package URLs, or empty
/// @param nameExtra what its names may hold besides lower-case letters and digits
record Managed(String source, String type, String vendor, String nameExtra) {
  private static final int LONGEST = 128;

  /// Reports a package of that name, or a gap if its name is none.
  ///
  /// @param record where it is written down
  void report(
      Places places,
      BytePath record,
      @Nullable String name,
      @Nullable String version,
      @Nullable String arch,
      @Nullable String origin) {
    if (name == null || !valid(name, nameExtra)) {
      places.out().gap(Metadata.malformed(record, "holds a package without a valid name"));
      return;
    }
    var plain = Metadata.plainVersion(version) ? version : null;
    // At once, since each step of building one checks all of it, and there are thousands.
    var qualifiers = Map.of("arch", arch != null && valid(arch, "_-") ? arch : "");
    var purl = new PackageUrl(type, vendor, name, plain == null ? "" : plain, qualifiers, "");
    places
        .out()
        .item(
            new Item(source, new Identity.OfPackage(purl), plain, null, record, List.of(), origin));
  }

  private static boolean valid(String text, String extra) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && !text.contains("..")
        && alphanumeric(text.charAt(0))
        && text.chars().allMatch(c -> alphanumeric(c) || extra.indexOf(c) >= 0);
  }

  private static boolean alphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }
}
