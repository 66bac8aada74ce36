package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// For which one distribution pipx or uv made an environment. A record that is missing, broken, or
/// tells of further ones says nothing: the distributions in it are still found one by one.
final class SoleTool {
  /// A newer receipt holds a lock of everything that was installed too.
  private static final int MAX_RECEIPT = 4 << 20;

  private SoleTool() {}

  /// That distribution's name as the record writes it, or null where the record tells of none, or
  /// of more than one.
  static @Nullable String of(Tree tree, BytePath environment) {
    try {
      var pipx = Metadata.object(tree, environment.resolve("pipx_metadata.json"));
      if (pipx != null) {
        return ofPipx(pipx);
      }
      var receipt = tree.read(environment.resolve("uv-receipt.toml"), MAX_RECEIPT);
      return receipt == null ? null : UvReceipt.only(new String(receipt, StandardCharsets.UTF_8));
    } catch (UnreadableException e) {
      // Only how much goes with a distribution hangs on this, not whether it is found.
      return null;
    }
  }

  private static @Nullable String ofPipx(Json.Obj metadata) {
    return metadata.get("injected_packages") instanceof Json.Obj injected
            && injected.members().isEmpty()
            && metadata.get("main_package") instanceof Json.Obj main
        ? Metadata.text(main, "package")
        : null;
  }
}
