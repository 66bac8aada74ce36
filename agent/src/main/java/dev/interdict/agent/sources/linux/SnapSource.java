package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Snaps, by the images that snapd keeps (`snaps/NAME_REVISION.snap`); the version is in the
/// mounted image of the revision in use (`meta/snap.yaml`). A second instance of one snap
/// (`NAME_KEY`) is that snap. Revisions kept for going back are items of their own.
///
/// Does not see: the version where the image is not mounted, and snaps run from a folder (`snap
/// try`).
public final class SnapSource implements Source {
  private static final BytePath IMAGES = BytePath.parse("/var/lib/snapd/snaps");

  /// Where images are mounted; the second on distributions that keep `/snap` free.
  private static final List<BytePath> MOUNTS =
      List.of(BytePath.parse("/snap"), BytePath.parse("/var/lib/snapd/snap"));

  private static final Pattern IMAGE =
      Pattern.compile("([a-z0-9-]+)(_[a-z0-9]+)?_(x?[0-9]+)\\.snap");
  private static final Pattern VERSION =
      Pattern.compile(
          "version:[ \\t]+(?:'([^']*)'|\"([^\"\\\\]*)\"|([^ \\t'\"#&*!|>%@`\\[{][^#]*?))[ \\t]*(?:"
              + " #.*)?");
  private static final int LONGEST_LINE = 256;
  private static final int MAX_BYTES = 1 << 20;
  private static final Managed MANAGED = new Managed("snap", "snap", "", "-");

  /// @param instance name with its key, as it is mounted
  private record Image(BytePath file, String name, String instance, String revision) {}

  @Override
  public String name() {
    return "snap";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    // A home holds only the data of snaps.
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    Map<String, @Nullable String> current = new TreeMap<>();
    for (var entry : places.list(IMAGES)) {
      var file = IMAGES.resolve(entry.name());
      var match = IMAGE.matcher(file.nameText());
      if (entry.kind() == FileKind.REGULAR && match.matches()) {
        var instance = match.group(1) + Objects.requireNonNullElse(match.group(2), "");
        var image = new Image(file, match.group(1), instance, match.group(3));
        report(places, image, current.computeIfAbsent(instance, name -> current(places, name)));
      } else if (file.nameText().endsWith(".snap")) {
        out.gap(Metadata.malformed(file, "is no image with a valid name"));
      }
    }
  }

  private static void report(Places places, Image image, @Nullable String current) {
    var used = image.revision().equals(current);
    MANAGED.report(
        places,
        image.file(),
        image.name(),
        used ? version(places, image) : null,
        null,
        used ? null : "revision kept by snapd");
  }

  /// The revision in use, by the link that names it.
  private static @Nullable String current(Places places, String instance) {
    for (var mount : MOUNTS) {
      try {
        var target = places.tree().readLink(mount.resolve(instance).resolve("current"));
        if (target != null) {
          return new String(target, StandardCharsets.UTF_8);
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
    return null;
  }

  private static @Nullable String version(Places places, Image image) {
    for (var mount : MOUNTS) {
      var folder = mount.resolve(image.instance()).resolve(image.revision());
      try {
        var bytes = places.tree().read(folder.resolve("meta/snap.yaml"), MAX_BYTES);
        if (bytes != null) {
          return version(new String(bytes, StandardCharsets.UTF_8));
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
    return null;
  }

  /// The one value that is needed stands on a line of its own, since snapd takes nothing but a
  /// short text there; whatever else YAML allows is left unknown.
  private static @Nullable String version(String yaml) {
    for (var line : yaml.split("\r?\n")) {
      var match = VERSION.matcher(line);
      if (line.length() <= LONGEST_LINE && match.matches()) {
        return match.group(1) != null
            ? match.group(1)
            : match.group(2) != null ? match.group(2) : match.group(3);
      }
    }
    return null;
  }
}
