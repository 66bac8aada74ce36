package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the records of one folder of packages: `.dist-info`, and what setuptools and distutils
/// wrote before it, `.egg-info` and `.egg`. An `.egg-link` only names its developer's own folder.
final class DistributionRecords {
  /// Where pip stopped halfway, it leaves what it was to delete under its name with this in place
  /// of the first letter.
  private static final char LEFT_BEHIND = '~';

  private static final int MAX_WORD = 64;
  private static final int MAX_NAMES = 64 << 10;

  private final Places places;
  private final List<Distribution> distributions = new ArrayList<>();
  private final List<InstalledFiles> unnamed = new ArrayList<>();

  DistributionRecords(Places places) {
    this.places = places;
  }

  /// What was read so far.
  List<Distribution> distributions() {
    return List.copyOf(distributions);
  }

  /// What distributions list that could not be read otherwise.
  List<InstalledFiles> unnamed() {
    return List.copyOf(unnamed);
  }

  /// Reads one folder; a record that cannot be read is a gap.
  void read(BytePath packages, List<Tree.Entry> entries) {
    for (var entry : entries) {
      var path = packages.resolve(entry.name());
      var name = path.nameText();
      try {
        if (name.endsWith(".dist-info")) {
          open(path, entry.kind());
        } else if (name.endsWith(".egg-info") || name.endsWith(".egg")) {
          open(path, entry.kind());
        } else if (name.endsWith(".egg-link")) {
          editable(path, name.substring(0, name.length() - ".egg-link".length()));
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  private void open(BytePath path, FileKind kind) throws UnreadableException {
    var real = kind == FileKind.LINK ? Links.real(places.tree(), places.within(), path) : path;
    var fact = real == null ? null : places.tree().stat(real);
    if (real == null || fact == null) {
      return;
    }
    var linked = kind == FileKind.LINK;
    if (path.nameText().endsWith(".dist-info")) {
      if (fact.kind() == FileKind.DIRECTORY) {
        distInfo(real, fact, linked);
      }
    } else if (path.nameText().endsWith(".egg-info")) {
      eggInfo(real, fact, linked);
    } else {
      egg(real, fact);
    }
  }

  private void distInfo(BytePath folder, FileFact fact, boolean linked) throws UnreadableException {
    var files = linked ? null : leftBehind(folder, listed(folder));
    CoreMetadata metadata;
    try {
      metadata = CoreMetadata.read(places.tree(), folder.resolve("METADATA"));
      if (metadata == null) {
        if (places.tree().list(folder).isEmpty()) {
          return;
        }
        throw Metadata.malformed(folder, "is a distribution without its metadata");
      }
    } catch (UnreadableException e) {
      if (files != null) {
        unnamed.add(files);
      }
      throw e;
    }
    var installer = word(folder.resolve("INSTALLER"));
    distributions.add(
        new Distribution(
            folder,
            fact.id(),
            fact.kind(),
            metadata,
            files,
            files == null ? names(metadata) : List.of(),
            linked && installer == null ? "brew" : installer,
            files != null
                && files.paths().contains(folder.nameText() + "/direct_url.json")
                && editable(folder.resolve("direct_url.json")),
            false));
  }

  /// A list that cannot be read must not hide what it belongs to.
  private @Nullable InstalledFiles listed(BytePath folder) {
    try {
      return InstalledFiles.record(places.tree(), folder);
    } catch (UnreadableException e) {
      places.out().gap(e);
      return null;
    }
  }

  private static @Nullable InstalledFiles leftBehind(
      BytePath folder, @Nullable InstalledFiles files) {
    if (files == null || folder.nameText().charAt(0) != LEFT_BEHIND) {
      return files;
    }
    return new InstalledFiles(
        files.paths().stream().map(path -> LEFT_BEHIND + path.substring(1)).toList(), List.of());
  }

  private void eggInfo(BytePath record, FileFact fact, boolean linked) throws UnreadableException {
    var folder = fact.kind() == FileKind.DIRECTORY;
    var metadata = CoreMetadata.read(places.tree(), folder ? record.resolve("PKG-INFO") : record);
    if (metadata == null) {
      return;
    }
    var files = folder && !linked ? InstalledFiles.legacy(places.tree(), record) : null;
    var claims = new ArrayList<String>();
    if (files == null) {
      claims.addAll(names(metadata));
      if (folder) {
        claims.addAll(lines(record.resolve("top_level.txt")));
      }
    }
    distributions.add(
        new Distribution(
            record,
            fact.id(),
            fact.kind(),
            metadata,
            files,
            claims,
            linked ? "brew" : null,
            false,
            false));
  }

  /// An egg is one folder or one zip file with everything in it; a zip file is named by its name as
  /// setuptools itself does (`name-version-py3.6.egg`, dashes of the name written as `_`).
  private void egg(BytePath egg, FileFact fact) throws UnreadableException {
    CoreMetadata metadata;
    if (fact.kind() == FileKind.DIRECTORY) {
      metadata = CoreMetadata.read(places.tree(), egg.resolve("EGG-INFO/PKG-INFO"));
    } else {
      var parts = egg.nameText().substring(0, egg.nameText().length() - 4).split("-");
      var plain = parts.length > 1 && Metadata.plainVersion(parts[1]);
      metadata =
          CoreMetadata.validName(parts[0])
              ? new CoreMetadata(parts[0], plain ? parts[1] : null)
              : null;
    }
    if (metadata != null) {
      distributions.add(
          new Distribution(
              egg, fact.id(), fact.kind(), metadata, null, List.of(), null, false, true));
    }
  }

  private void editable(BytePath link, String name) throws UnreadableException {
    var fact = places.tree().stat(link);
    if (fact != null && fact.kind() == FileKind.REGULAR && CoreMetadata.validName(name)) {
      var metadata = new CoreMetadata(name, null);
      distributions.add(
          new Distribution(
              link, fact.id(), fact.kind(), metadata, null, names(metadata), null, true, false));
    }
  }

  private boolean editable(BytePath directUrl) throws UnreadableException {
    var url = Metadata.object(places.tree(), directUrl);
    return url != null
        && url.get("dir_info") instanceof Json.Obj folder
        && folder.get("editable") == Json.Bool.TRUE;
  }

  /// The first word of a short file, lower case; null where there is none.
  private @Nullable String word(BytePath file) throws UnreadableException {
    var bytes = places.tree().range(file, 0, MAX_WORD);
    if (bytes == null) {
      return null;
    }
    var word = new String(bytes, StandardCharsets.UTF_8).strip().split("\\s", 2)[0];
    return word.isEmpty() ? null : word.toLowerCase(Locale.ROOT);
  }

  private List<String> lines(BytePath file) throws UnreadableException {
    var bytes = places.tree().read(file, MAX_NAMES);
    return bytes == null
        ? List.of()
        : new String(bytes, StandardCharsets.UTF_8).lines().map(String::strip).toList();
  }

  /// The names that a distribution's modules most likely have.
  private static List<String> names(CoreMetadata metadata) {
    var name = metadata.name();
    var module = name.replace('-', '_').replace('.', '_');
    return List.of(name, module, module.toLowerCase(Locale.ROOT), name.split("[.-]", 2)[0]);
  }
}
