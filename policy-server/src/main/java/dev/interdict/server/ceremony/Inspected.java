package dev.interdict.server.ceremony;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A draft whose every word on the present was verified from the trust root, and whose new files
/// are what a draft of its kind may hold. Immutable.
///
/// @param root trusted now
/// @param nextRoot null where the root stays
/// @param top the top-level targets now
/// @param before targets roles as they are now, by name
/// @param next targets roles as they are to be
/// @param requirements in the order in which people read them
public record Inspected(
    SigningDraft draft,
    Root root,
    @Nullable Root nextRoot,
    Targets top,
    Map<RoleName, Targets> before,
    Map<RoleName, Targets> next,
    List<Requirement> requirements) {
  public Inspected {
    before = Map.copyOf(before);
    next = Map.copyOf(next);
    requirements = List.copyOf(requirements);
  }

  /// The top-level targets after the change.
  public Targets nextTop() {
    return next.getOrDefault(RoleName.TARGETS, top);
  }

  /// Whether every threshold is met.
  public boolean complete() {
    return requirements.stream().allMatch(requirement -> requirement.missing() == 0);
  }

  /// Whether the key is asked for any signature.
  public boolean asks(KeyId key) {
    return requirements.stream().anyMatch(requirement -> requirement.asks(key));
  }

  /// The draft with this key's signature on every file that asks for it.
  public SigningDraft signedBy(Signer signer) {
    var signed = new LinkedHashMap<>(draft.next());
    var key = signer.key().id();
    for (var requirement : requirements) {
      if (requirement.asks(key)) {
        signed.computeIfPresent(requirement.role(), (_, file) -> file.signedBy(signer));
      }
    }
    return draft.withNext(signed);
  }

  /// The draft with valid signatures alone: one that is worth nothing must not stand in the place
  /// of another copy's good one.
  public SigningDraft valid() {
    return draft.withNext(new LinkedHashMap<>(publishable()));
  }

  /// The new files with valid signatures of keys that count, and no others: what is published.
  public Map<RoleName, SignedFile> publishable() {
    var files = new LinkedHashMap<RoleName, SignedFile>();
    draft.next().forEach((role, file) -> files.put(role, file.keeping(valid(role))));
    return files;
  }

  private Set<KeyId> valid(RoleName role) {
    return requirements.stream()
        .filter(requirement -> requirement.role().equals(role))
        .flatMap(requirement -> requirement.signed().stream())
        .map(TufKey::id)
        .collect(Collectors.toSet());
  }
}
