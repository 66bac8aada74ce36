package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What Scoop put into `shims`: for each command a text `x.shim` that names the program, beside a
/// copy `x.exe` of one and the same starter. Each root's shims are read once.
final class ScoopShims {
  private static final int MAX_SHIM = 8 << 10;

  private final Places places;
  private final Map<BytePath, List<Shim>> byRoot = new HashMap<>();

  /// @param text lower case, with slashes
  private record Shim(BytePath path, String text) {}

  ScoopShims(Places places) {
    this.places = places;
  }

  /// The shims that start one of those versions of an app, and their starters.
  ///
  /// @param app its folder, `<root>/apps/<app>`
  List<Part> of(BytePath app, Set<String> versions) throws UnreadableException {
    var root = app.parent().parent();
    var name = app.nameText().toLowerCase(Locale.ROOT);
    var parts = new ArrayList<Part>();
    for (var shim : byRoot.computeIfAbsent(root, this::read)) {
      if (versions.stream()
          .map(version -> version.toLowerCase(Locale.ROOT))
          .anyMatch(version -> shim.text().contains("/apps/" + name + "/" + version + "/"))) {
        WindowsPrograms.add(places.tree(), shim.path(), Part.Role.LAUNCHER, parts);
        starter(shim.path(), parts);
      }
    }
    return parts;
  }

  private void starter(BytePath shim, List<Part> parts) throws UnreadableException {
    var file = shim.nameText();
    var starter = file.substring(0, file.length() - ".shim".length()) + ".exe";
    WindowsPrograms.add(places.tree(), shim.parent().resolve(starter), Part.Role.LAUNCHER, parts);
  }

  private List<Shim> read(BytePath root) {
    var shims = new ArrayList<Shim>();
    for (var folder : places.find(root, "shims")) {
      for (var entry : places.list(folder)) {
        var path = folder.resolve(entry.name());
        if (entry.kind() == FileKind.REGULAR && path.nameText().endsWith(".shim")) {
          try {
            var bytes = places.tree().read(path, MAX_SHIM);
            if (bytes != null) {
              var text = new String(bytes, StandardCharsets.UTF_8).replace('\\', '/');
              shims.add(new Shim(path, text.toLowerCase(Locale.ROOT)));
            }
          } catch (UnreadableException e) {
            places.out().gap(e);
          }
        }
      }
    }
    return shims;
  }
}
