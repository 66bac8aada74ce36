package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Archive;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.json.JsonLimits;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The one package that Yarn (2 and later) keeps in a zip archive, under a path of Yarn's own, of
/// which only the manifest is unpacked.
final class YarnArchive {
  private static final Pattern MANIFEST =
      Pattern.compile("node_modules/(?:@[^/@]{1,214}/)?[^/@]{1,214}/package\\.json");

  private YarnArchive() {}

  /// The manifest of the package in that archive, or null where the file is gone.
  ///
  /// @throws UnreadableException if it is no such archive; its content is not quoted
  static @Nullable PackageManifest manifest(Tree tree, BytePath file) throws UnreadableException {
    var archive = Archive.open(tree, file);
    if (archive == null) {
      return null;
    }
    for (var name : archive.names()) {
      if (MANIFEST.matcher(name).matches()) {
        var bytes = archive.read(name, JsonLimits.FOREIGN.bytes());
        return bytes == null ? null : PackageManifest.of(file, Metadata.object(file, bytes));
      }
    }
    throw Metadata.malformed(file, "is an archive without a package");
  }
}
