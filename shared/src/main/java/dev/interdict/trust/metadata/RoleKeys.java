package dev.interdict.trust.metadata;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RepositoryException.Family;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The keys that may sign for a role, and how many of them must.
///
/// @param threshold at least one; counts distinct public keys, so that neither a repeated signature
///   nor a second id for one key adds to it
public record RoleKeys(List<TufKey> keys, int threshold) {
  public RoleKeys {
    keys = List.copyOf(keys);
    if (threshold < 1) {
      throw new IllegalArgumentException("a threshold is at least 1, not " + threshold);
    }
  }

  /// The one place where signatures are counted.
  ///
  /// @param accepted a key of another scheme verifies nothing
  /// @throws RepositoryException if fewer than the threshold are valid
  public void verify(SignedFile file, String what, Schemes accepted) throws RepositoryException {
    var valid = signedBy(file, accepted);
    if (valid.size() < threshold) {
      throw new RepositoryException(
          Family.SIGNATURE,
          what
              + " has valid signatures of "
              + valid.size()
              + " of the role's keys, needs "
              + threshold
              + unaccepted(accepted));
    }
  }

  private String unaccepted(Schemes accepted) {
    Set<String> refused = new TreeSet<>();
    keys.stream().filter(key -> !accepted.accept(key)).forEach(key -> refused.add(key.scheme()));
    return refused.isEmpty() ? "" : "; not accepted here: keys of scheme " + refused;
  }

  /// The keys of the role whose signatures in the file are valid, one a public key.
  ///
  /// @param accepted a key of another scheme verifies nothing
  public List<TufKey> signedBy(SignedFile file, Schemes accepted) {
    var payload = file.payload();
    Set<String> fingerprints = new HashSet<>();
    var valid = new ArrayList<TufKey>();
    for (var key : keys) {
      if (!accepted.accept(key)) {
        continue;
      }
      var signature = file.signature(key.id());
      if (signature.length > 0
          && !fingerprints.contains(key.fingerprint())
          && key.verifies(payload, signature)) {
        fingerprints.add(key.fingerprint());
        valid.add(key);
      }
    }
    return List.copyOf(valid);
  }

  /// The ids of the keys, sorted.
  public Set<KeyId> ids() {
    var ids = new TreeSet<KeyId>();
    keys.forEach(key -> ids.add(key.id()));
    return ids;
  }

  /// Reads `keyids` and `threshold`, looking the keys up in `known`.
  static RoleKeys read(Fields role, Map<String, TufKey> known) {
    var keys = new ArrayList<TufKey>();
    Set<String> seen = new HashSet<>();
    role.required("keyids");
    for (var id : role.texts("keyids")) {
      var key = known.get(id);
      if (!seen.add(id)) {
        role.fault("keyids", "names a key twice");
      } else if (key == null) {
        role.fault("keyids", "names a key that is not in \"keys\"");
      } else {
        keys.add(key);
      }
    }
    return new RoleKeys(keys, (int) role.integer("threshold", 1, 1024));
  }

  /// Reads an object of keys by id; each must carry the id that is its hash.
  static Map<String, TufKey> readKeys(Fields keys) {
    var known = new java.util.LinkedHashMap<String, TufKey>();
    for (var id : List.copyOf(keys.names())) {
      try {
        var key = TufKey.of(keys.required(id));
        if (key.id().value().equals(id)) {
          known.put(id, key);
        } else {
          keys.fault(id, "is not the id of this key");
        }
      } catch (IllegalArgumentException e) {
        keys.fault(id, String.valueOf(e.getMessage()));
      }
    }
    return known;
  }

  /// The `keyids` and `threshold` members.
  public Json.Builder write() {
    var ids = new ArrayList<String>();
    keys.forEach(key -> ids.add(key.id().value()));
    return Json.object().put("keyids", Json.texts(ids)).put("threshold", threshold);
  }
}
