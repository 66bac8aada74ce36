package dev.interdict.server.ceremony;

import dev.interdict.server.store.Secrets;
import dev.interdict.trust.Limits;
import dev.interdict.trust.TrustedMetadata;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Targets;
import java.util.HashMap;
import java.util.Map;

/// What a draft says of the present, verified from the trust root; expiry does not matter, since
/// what has expired is just what people sign anew.
///
/// @param root trusted now
/// @param roles targets roles as they are now, the top-level one among them
record Present(Root root, Map<RoleName, Targets> roles) {

  /// @param pin SHA-256 of the first root in hex
  static Present verify(SigningDraft draft, String pin) throws RepositoryException {
    var root = root(draft, pin);
    var blob = draft.before().get(RoleName.TARGETS);
    if (blob == null) {
      throw wrong("it lacks the top-level targets of now");
    }
    var top = Targets.read(RoleName.TARGETS, blob.bytes());
    var what = "the draft's targets metadata of now";
    root.keys(RoleName.TARGETS).verify(top.file(), what, root.schemes());
    var roles = new HashMap<RoleName, Targets>();
    roles.put(RoleName.TARGETS, top);
    for (var entry : draft.before().entrySet()) {
      if (!entry.getKey().equals(RoleName.TARGETS)) {
        roles.put(entry.getKey(), role(entry.getKey(), entry.getValue(), top, root));
      }
    }
    return new Present(root, roles);
  }

  private static Root root(SigningDraft draft, String pin) throws RepositoryException {
    var roots = draft.roots();
    if (roots.isEmpty() || roots.size() > Limits.STANDARD.roots()) {
      throw wrong("it must carry 1 to " + Limits.STANDARD.roots() + " roots");
    }
    var first = roots.getFirst().bytes();
    if (!Secrets.hash(first).equals(pin)) {
      throw new RepositoryException(
          Family.SIGNATURE,
          "its first root is sha256:" + Secrets.hash(first) + ", you trust sha256:" + pin);
    }
    var trusted = TrustedMetadata.bootstrap(first);
    for (var later : roots.subList(1, roots.size())) {
      trusted = trusted.withRoot(later.bytes());
    }
    return trusted.root();
  }

  private static Targets role(RoleName name, Blob blob, Targets top, Root root)
      throws RepositoryException {
    var role = Targets.read(name, blob.bytes());
    var what = "the draft's metadata of role " + name.encoded() + " of now";
    delegation(top, name).keys().verify(role.file(), what, root.schemes());
    return role;
  }

  static Delegation delegation(Targets top, RoleName role) throws RepositoryException {
    var delegation = top.delegation(role);
    if (delegation == null) {
      throw wrong("the repository has no role " + role.encoded());
    }
    return delegation;
  }

  Targets top() throws RepositoryException {
    return role(RoleName.TARGETS);
  }

  Targets role(RoleName name) throws RepositoryException {
    var role = roles.get(name);
    if (role == null) {
      throw wrong("it lacks the metadata of now of role " + name.encoded());
    }
    return role;
  }

  /// The draft does not hold together.
  static RepositoryException wrong(String message) {
    return new RepositoryException(Family.MISMATCH, message);
  }
}
