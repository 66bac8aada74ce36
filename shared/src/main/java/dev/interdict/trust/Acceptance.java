package dev.interdict.trust;

import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;

/// Whose word a client takes on signature schemes.
public enum Acceptance {
  /// The root's: Ed25519, and what the root allows beside it. Agents, servers and repositories.
  PRODUCTION,

  /// The specification's: Ed25519, ECDSA on P-256 and RSASSA-PSS, whatever the root says. For
  /// repositories that are not ours.
  SPECIFICATION;

  /// The schemes that count where keys are named by `root`, or by a role below it.
  Schemes under(Root root) {
    return switch (this) {
      case PRODUCTION -> root.schemes();
      case SPECIFICATION -> Schemes.SPECIFICATION;
    };
  }
}
