package dev.interdict.server.ceremony;

import static dev.interdict.server.ceremony.Present.wrong;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.ceremony.SigningDraft.Document;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.repository.RepositoryPlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks a draft on the machine of somebody who is to sign it. The draft came from a server that
/// may be anybody's by now, so nothing in it is believed: not what is said to be published now, not
/// the versions, not the times.
public final class Inspection {
  /// Serials of attempts that came to nothing stay used.
  private static final long MOST_SKIPPED = 10_000;

  private final SigningDraft draft;
  private final Present present;
  private final NextFiles files;
  private final Map<RoleName, Targets> next = new HashMap<>();
  private @Nullable Root nextRoot;

  private Inspection(SigningDraft draft, Present present, Instant now) {
    this.draft = draft;
    this.present = present;
    this.files = new NextFiles(present, now);
  }

  /// Verifies the draft.
  ///
  /// @param pin SHA-256 of the first root, as the signer was told by other means: 64 hex digits
  /// @param now by the signer's own clock
  /// @throws RepositoryException if anything in it does not hold; then nothing of it may be signed
  public static Inspected inspect(SigningDraft draft, String pin, Instant now)
      throws RepositoryException {
    return new Inspection(draft, Present.verify(draft, pin), now).run();
  }

  /// Verifies copies of one draft that may have been signed apart, each by itself, and puts their
  /// valid signatures together: one that is worth nothing must not stand in the place of another
  /// copy's good one.
  ///
  /// @param copies by the names that errors call them
  /// @param pin as above
  /// @throws RepositoryException if anything in one of them does not hold
  /// @throws IllegalArgumentException if they are not copies of one draft
  public static Inspected joined(SequencedMap<String, SigningDraft> copies, String pin, Instant now)
      throws RepositoryException {
    var first = copies.firstEntry();
    var all = inspect(first.getValue(), pin, now).valid();
    for (var copy : copies.entrySet()) {
      var valid = inspect(copy.getValue(), pin, now).valid();
      try {
        all = all.joined(valid);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            first.getKey() + " and " + copy.getKey() + ": " + e.getMessage(), e);
      }
    }
    return inspect(all, pin, now);
  }

  private Inspected run() throws RepositoryException {
    if (draft.next().isEmpty()) {
      throw wrong("it holds nothing to sign");
    }
    switch (draft.kind()) {
      case BLOCKLIST -> readList();
      case TRUST -> readTrust();
    }
    var top = present.top();
    var nextTop = next.getOrDefault(RoleName.TARGETS, top);
    var requirements = Requirement.of(draft.next(), present.root(), nextRoot, nextTop);
    return new Inspected(draft, present.root(), nextRoot, top, present.roles(), next, requirements);
  }

  private void readList() throws RepositoryException {
    var role = RepositoryPlan.BLOCKLIST;
    var file = draft.next().get(role);
    if (file == null || !draft.next().keySet().equals(Set.of(role))) {
      throw wrong("a draft of the blocklist changes the role blocklist alone");
    }
    var listed = files.targets(role, file);
    next.put(role, listed);
    var old = present.role(role);
    if (!listed.delegations().equals(old.delegations())) {
      throw wrong("a draft of the blocklist hands no paths to other roles");
    }
    var document = draft.document();
    if (document == null || !document.path().equals(Blocklist.PATH)) {
      throw wrong("a draft of the blocklist changes " + Blocklist.PATH + " and shows it");
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
    if (target == null || target.custom() != null || !others.equals(former)) {
      throw wrong("it changes more targets than the one it shows");
    }
    target.check(document.next().bytes(), path);
    var before = document.before();
    if ((known == null) != (before == null)) {
      throw wrong("it does not show the list of now");
    }
    if (known != null && before != null) {
      known.check(before.bytes(), path);
    }
    checkSerial(before, document.next());
  }

  private static void checkSerial(@Nullable Blob before, Blob next) throws RepositoryException {
    try {
      var old = before == null ? 0 : Blocklist.read(before.bytes()).serial();
      var serial = Blocklist.read(next.bytes()).serial();
      if (serial <= old || serial > old + MOST_SKIPPED) {
        throw wrong("its serial goes from " + old + " to " + serial);
      }
    } catch (JsonException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void readTrust() throws RepositoryException {
    if (draft.document() != null) {
      throw wrong("a draft of keys changes no list");
    }
    for (var entry : draft.next().entrySet()) {
      var role = entry.getKey();
      if (role.equals(RoleName.ROOT)) {
        nextRoot = files.root(entry.getValue());
        continue;
      }
      var read = files.targets(role, entry.getValue());
      var old = present.role(role);
      if (!read.targets().equals(old.targets())) {
        throw wrong("it changes targets of role " + role.encoded() + " without showing them");
      }
      if (!role.equals(RoleName.TARGETS) && !read.delegations().equals(old.delegations())) {
        throw wrong("it changes delegations below role " + role.encoded());
      }
      next.put(role, read);
    }
  }
}
