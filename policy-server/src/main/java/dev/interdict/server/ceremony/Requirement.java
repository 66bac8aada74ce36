package dev.interdict.server.ceremony;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// That a threshold of keys must sign a new file.
///
/// @param role whose file it is
/// @param whose in words, such as "keys of root version 3"
/// @param schemes that count
public record Requirement(
    RoleName role, String whose, RoleKeys keys, Schemes schemes, SignedFile file) {

  /// What a draft asks for: a new root by the keys of the one before and by its own, every other
  /// file by the keys that count once all of the draft is published.
  static List<Requirement> of(
      Map<RoleName, SignedFile> files, Root root, @Nullable Root nextRoot, Targets nextTop)
      throws RepositoryException {
    var after = nextRoot == null ? root : nextRoot;
    var all = new ArrayList<Requirement>();
    for (var entry : files.entrySet()) {
      var role = entry.getKey();
      var file = entry.getValue();
      if (role.equals(RoleName.ROOT)) {
        all.add(ofRoot(root, file));
        if (!after.keys(role).equals(root.keys(role))) {
          all.add(ofRoot(after, file));
        }
      } else {
        var keys =
            role.equals(RoleName.TARGETS)
                ? after.keys(role)
                : Present.delegation(nextTop, role).keys();
        all.add(new Requirement(role, "keys of " + role.encoded(), keys, after.schemes(), file));
      }
    }
    return all;
  }

  private static Requirement ofRoot(Root root, SignedFile file) {
    return new Requirement(
        RoleName.ROOT,
        "keys of root version " + root.version(),
        root.keys(RoleName.ROOT),
        root.schemes(),
        file);
  }

  /// The keys that have signed, each validly.
  public List<TufKey> signed() {
    return keys.signedBy(file, schemes);
  }

  /// How many signatures are still to come.
  public int missing() {
    return Math.max(0, keys.threshold() - signed().size());
  }

  boolean asks(KeyId key) {
    return keys.ids().contains(key);
  }
}
