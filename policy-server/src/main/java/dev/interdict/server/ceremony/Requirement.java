package dev.interdict.server.ceremony;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.SignedFile;
import java.util.List;

/// That a threshold of keys must sign a new file.
///
/// @param role whose file it is
/// @param schemes that count
/// @param whose in words, such as "the keys of root version 3"
public record Requirement(
    RoleName role, String whose, RoleKeys keys, Schemes schemes, SignedFile file) {

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
