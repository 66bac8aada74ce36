package dev.interdict.server.ceremony;

import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A change on its way from signer to signer, with all that is needed to check and show it on a
/// machine that knows nothing but the trust root. Immutable.
///
/// @param kind what it may change; a draft of one kind cannot carry a change of the other
/// @param madeBy who drafted it, as the server says
/// @param roots the repository's roots from the first to the one trusted now, as served
/// @param before the metadata that the change begins from, as served: top-level targets first
/// @param next the new metadata, with the signatures so far
/// @param document the new content, or null where no target changes
/// @param reach what the server counted; nobody signed it
public record SigningDraft(
    Kind kind,
    String madeBy,
    Instant madeAt,
    List<Blob> roots,
    SequencedMap<RoleName, Blob> before,
    SequencedMap<RoleName, SignedFile> next,
    @Nullable Document document,
    List<RuleReach> reach) {

  /// What a draft may change.
  public enum Kind {
    /// The list of what is banned, and no key.
    BLOCKLIST,
    /// Which keys sign for what, and no list.
    TRUST
  }

  /// A target before and after.
  ///
  /// @param before null where it is new
  public record Document(String path, @Nullable Blob before, Blob next) {}

  /// How many workstations a rule concerns now.
  ///
  /// @param matched that have it, or null where the server cannot know before they have looked
  /// @param looked that said whether they have it
  /// @param exempt from the rule
  /// @param unreadable that are too old to understand the rule
  /// @param asOf when the newest report came in, or null before the first
  public record RuleReach(
      String rule,
      @Nullable Long matched,
      long looked,
      long exempt,
      long unreadable,
      long enrolled,
      @Nullable Instant asOf) {}

  public SigningDraft {
    roots = List.copyOf(roots);
    before = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(before));
    next = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(next));
    reach = List.copyOf(reach);
  }

  /// This draft with another version of its new files: the same documents, other signatures.
  SigningDraft withNext(SequencedMap<RoleName, SignedFile> signed) {
    return new SigningDraft(kind, madeBy, madeAt, roots, before, signed, document, reach);
  }

  /// This draft with the signatures that `other` carries for the same bytes.
  ///
  /// @throws IllegalArgumentException if the two are not drafts of the same change
  public SigningDraft joined(SigningDraft other) {
    if (kind != other.kind
        || !next.keySet().equals(other.next.keySet())
        || !java.util.Objects.equals(document, other.document)) {
      throw new IllegalArgumentException("the files are drafts of different changes");
    }
    var all = new LinkedHashMap<RoleName, SignedFile>();
    for (var entry : next.entrySet()) {
      var same = other.next.get(entry.getKey());
      all.put(entry.getKey(), same == null ? entry.getValue() : entry.getValue().joined(same));
    }
    return withNext(all);
  }
}
