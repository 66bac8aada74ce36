package dev.interdict.server.ceremony;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.ceremony.SigningDraft.Document;
import dev.interdict.trust.Limits;
import dev.interdict.trust.TrustedMetadata;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.Metadata;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.RepositoryPlan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks a draft on the machine of somebody who is to sign it. The draft came from a server that
/// may be anybody's by now, so nothing in it is believed: not what is said to be published now, not
/// the versions, not the times.
public final class Inspection {
  /// Versions may skip what was prepared and given up; more than that would use them up for good.
  private static final long MOST_SKIPPED = 100;

  /// By how much the clocks of server and signer may differ.
  private static final Duration CLOCKS = Duration.ofHours(26);

  private final SigningDraft draft;
  private final Instant now;
  private final Map<RoleName, Targets> before = new HashMap<>();
  private final Map<RoleName, Targets> next = new HashMap<>();
  private final List<Requirement> requirements = new ArrayList<>();
  private @Nullable Root nextRoot;

  private Inspection(SigningDraft draft, Instant now) {
    this.draft = draft;
    this.now = now;
  }

  /// Verifies the draft.
  ///
  /// @param pin SHA-256 of the first root, as the signer was told by other means: 64 hex digits
  /// @param now by the signer's own clock
  /// @throws RepositoryException if anything in it does not hold; then nothing of it may be signed
  public static Inspected inspect(SigningDraft draft, String pin, Instant now)
      throws RepositoryException {
    return new Inspection(draft, now).run(pin);
  }

  private Inspected run(String pin) throws RepositoryException {
    var root = root(pin);
    var top = top(root);
    readBefore(top, root.schemes());
    if (draft.next().isEmpty()) {
      throw wrong("it holds nothing to sign");
    }
    switch (draft.kind()) {
      case BLOCKLIST -> readList();
      case TRUST -> readTrust(root);
    }
    require(root, top);
    return new Inspected(draft, root, nextRoot, top, before, next, requirements);
  }

  private Root root(String pin) throws RepositoryException {
    var roots = draft.roots();
    if (roots.isEmpty() || roots.size() > Limits.STANDARD.roots()) {
      throw wrong("it must carry 1 to " + Limits.STANDARD.roots() + " roots");
    }
    var first = roots.getFirst().bytes();
    if (!fingerprint(first).equals(pin)) {
      throw new RepositoryException(
          Family.SIGNATURE,
          "its first root is sha256:" + fingerprint(first) + ", you trust sha256:" + pin);
    }
    var trusted = TrustedMetadata.bootstrap(first);
    for (var later : roots.subList(1, roots.size())) {
      trusted = trusted.withRoot(later.bytes());
    }
    return trusted.root();
  }

  /// SHA-256 in lower-case hex.
  public static String fingerprint(byte[] root) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(root));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Targets top(Root root) throws RepositoryException {
    var blob = draft.before().get(RoleName.TARGETS);
    if (blob == null) {
      throw wrong("it lacks the top-level targets of now");
    }
    var top = Targets.read(RoleName.TARGETS, blob.bytes());
    root.keys(RoleName.TARGETS)
        .verify(top.file(), "the draft's targets metadata of now", root.schemes());
    before.put(RoleName.TARGETS, top);
    return top;
  }

  private void readBefore(Targets top, Schemes schemes) throws RepositoryException {
    for (var entry : draft.before().entrySet()) {
      if (!entry.getKey().equals(RoleName.TARGETS)) {
        var role = Targets.read(entry.getKey(), entry.getValue().bytes());
        var what = "the draft's metadata of role " + entry.getKey().encoded() + " of now";
        delegation(top, entry.getKey()).keys().verify(role.file(), what, schemes);
        before.put(entry.getKey(), role);
      }
    }
  }

  private static Delegation delegation(Targets top, RoleName role) throws RepositoryException {
    var delegation = top.delegation(role);
    if (delegation != null) {
      return delegation;
    }
    throw wrong("the repository has no role " + role.encoded());
  }

  private void readList() throws RepositoryException {
    var role = RepositoryPlan.BLOCKLIST;
    if (!draft.next().keySet().equals(java.util.Set.of(role))) {
      throw wrong("a draft of the blocklist changes the role blocklist alone");
    }
    var old = readNext(role);
    var listed = read(role);
    if (!listed.delegations().equals(old.delegations())) {
      throw wrong("a draft of the blocklist hands no paths to other roles");
    }
    var document = draft.document();
    if (document == null) {
      sameTargets(role);
      return;
    }
    if (!document.path().equals(Blocklist.PATH)) {
      throw wrong("a draft of the blocklist changes " + Blocklist.PATH + " alone");
    }
    check(document, old, listed);
  }

  private static void check(Document document, Targets old, Targets listed)
      throws RepositoryException {
    var path = document.path();
    var others = new HashMap<>(listed.targets());
    var target = others.remove(path);
    var former = new HashMap<>(old.targets());
    var known = former.remove(path);
    if (target == null || !others.equals(former)) {
      throw wrong("it changes more targets than the one it shows");
    }
    target.check(document.next().bytes(), path);
    if ((known == null) != (document.before() == null)) {
      throw wrong("it does not show the list of now");
    }
    if (known != null && document.before() != null) {
      known.check(document.before().bytes(), path);
    }
  }

  private void readTrust(Root root) throws RepositoryException {
    if (draft.document() != null) {
      throw wrong("a draft of keys changes no list");
    }
    for (var entry : draft.next().entrySet()) {
      if (entry.getKey().equals(RoleName.ROOT)) {
        var read = Root.read(entry.getValue().bytes());
        if (read.version() != root.version() + 1) {
          throw wrong("its root must have version " + (root.version() + 1));
        }
        checkTimes(RoleName.ROOT, read);
        nextRoot = read;
      } else {
        var old = readNext(entry.getKey());
        sameTargets(entry.getKey());
        if (!entry.getKey().equals(RoleName.TARGETS)
            && !read(entry.getKey()).delegations().equals(old.delegations())) {
          throw wrong("it changes delegations below role " + entry.getKey().encoded());
        }
      }
    }
  }

  private void sameTargets(RoleName role) throws RepositoryException {
    if (!read(role).targets().equals(before(role).targets())) {
      throw wrong("it changes targets of role " + role.encoded() + " without showing them");
    }
  }

  /// Reads the new file of a targets role, and gives the old one.
  private Targets readNext(RoleName role) throws RepositoryException {
    var file = draft.next().get(role);
    if (file == null || role.isTopLevel() && !role.equals(RoleName.TARGETS)) {
      throw wrong("people do not sign role " + role.encoded());
    }
    var read = Targets.read(role, file.bytes());
    var old = before(role);
    if (read.version() <= old.version() || read.version() > old.version() + MOST_SKIPPED) {
      throw wrong(
          "role "
              + role.encoded()
              + " goes from version "
              + old.version()
              + " to "
              + read.version());
    }
    if (read.bins() != null) {
      throw wrong("it hands paths of role " + role.encoded() + " to hash bins");
    }
    checkTimes(role, read);
    next.put(role, read);
    return old;
  }

  /// What people sign binds every device's clock from below and every list's life from above.
  private void checkTimes(RoleName role, Metadata file) throws RepositoryException {
    var issued = file.header().issued();
    if (issued == null || issued.isAfter(now.plus(CLOCKS))) {
      throw wrong(
          "role "
              + role.encoded()
              + " is dated "
              + issued
              + ", here it is "
              + now
              + "; set the wrong one of the two clocks right");
    }
    var latest = now.plus(Expiries.STANDARD.of(role)).plus(CLOCKS);
    if (!file.expires().isAfter(now) || file.expires().isAfter(latest)) {
      throw wrong(
          "role "
              + role.encoded()
              + " is to expire at "
              + file.expires()
              + ", it may from now until "
              + latest);
    }
  }

  private Targets read(RoleName role) throws RepositoryException {
    var read = next.get(role);
    if (read == null) {
      throw wrong("it lacks the new metadata of role " + role.encoded());
    }
    return read;
  }

  private Targets before(RoleName role) throws RepositoryException {
    var old = before.get(role);
    if (old == null) {
      throw wrong("it lacks the metadata of now of role " + role.encoded());
    }
    return old;
  }

  private void require(Root root, Targets top) throws RepositoryException {
    var newRoot = nextRoot;
    var schemes = (newRoot == null ? root : newRoot).schemes();
    for (var entry : draft.next().entrySet()) {
      var role = entry.getKey();
      var file = entry.getValue();
      if (role.equals(RoleName.ROOT) && newRoot != null) {
        var old = root.keys(role);
        requirements.add(
            new Requirement(
                role, "keys of root version " + root.version(), old, root.schemes(), file));
        if (!newRoot.keys(role).equals(old)) {
          requirements.add(
              new Requirement(
                  role,
                  "keys of root version " + newRoot.version(),
                  newRoot.keys(role),
                  schemes,
                  file));
        }
      } else if (role.equals(RoleName.TARGETS)) {
        var keys = (newRoot == null ? root : newRoot).keys(role);
        requirements.add(new Requirement(role, "keys of targets", keys, schemes, file));
      } else {
        var keys = delegation(next.getOrDefault(RoleName.TARGETS, top), role).keys();
        requirements.add(new Requirement(role, "keys of " + role.encoded(), keys, schemes, file));
      }
    }
  }

  private static RepositoryException wrong(String message) {
    return new RepositoryException(Family.MISMATCH, message);
  }
}
