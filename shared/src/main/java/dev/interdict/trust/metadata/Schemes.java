package dev.interdict.trust.metadata;

import dev.interdict.trust.keys.TufKey;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The signature schemes whose keys count, by the names that metadata gives them (specification
/// 1.0.34, section 4.2). Names that nobody knows are harmless: such a key verifies nothing.
public record Schemes(SortedSet<String> names) {
  /// What production believes where the root says no more.
  public static final Schemes ED25519 = new Schemes(new TreeSet<>(Set.of("ed25519")));

  /// All three that the specification names.
  public static final Schemes SPECIFICATION =
      ED25519.and(Set.of("ecdsa-sha2-nistp256", "rsassa-pss-sha256"));

  public Schemes {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /// These and `more`.
  public Schemes and(Collection<String> more) {
    var all = new TreeSet<>(names);
    all.addAll(more);
    return new Schemes(all);
  }

  boolean accept(TufKey key) {
    return names.contains(key.scheme());
  }
}
