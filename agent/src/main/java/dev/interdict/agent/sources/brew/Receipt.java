package dev.interdict.agent.sources.brew;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.json.Json;
import org.jspecify.annotations.Nullable;

/// What an `INSTALL_RECEIPT.json` says of where its formula or cask came from.
///
/// @param tap `USER/REPOSITORY`; null where it does not say
/// @param version null where it does not say
record Receipt(@Nullable String tap, @Nullable String version) {
  static final Receipt NONE = new Receipt(null, null);

  /// The receipt in that file, or [#NONE] where there is none.
  static Receipt read(Tree tree, BytePath file) throws UnreadableException {
    var receipt = Metadata.object(tree, file);
    if (receipt == null || !(receipt.get("source") instanceof Json.Obj source)) {
      return NONE;
    }
    // A formula names a version for each kind of build, a cask has one.
    var version =
        source.get("versions") instanceof Json.Obj versions
                && "stable".equals(Metadata.text(source, "spec"))
            ? Metadata.text(versions, "stable")
            : Metadata.text(source, "version");
    return new Receipt(
        Metadata.text(source, "tap"), Metadata.plainVersion(version) ? version : null);
  }
}
