package dev.interdict.trust.repository;

import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleKeys;
import java.util.ArrayList;
import java.util.List;

/// Who signs for a role: all keys that may, and those at hand that do now.
public record Holders(RoleKeys keys, List<Signer> signers) {
  public Holders {
    signers = List.copyOf(signers);
  }

  /// A role all of whose keys are at hand.
  public static Holders of(int threshold, Signer... signers) {
    var keys = new ArrayList<TufKey>();
    for (var signer : signers) {
      keys.add(signer.key());
    }
    return new Holders(new RoleKeys(keys, threshold), List.of(signers));
  }
}
