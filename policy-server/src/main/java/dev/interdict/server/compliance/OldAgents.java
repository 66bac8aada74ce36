package dev.interdict.server.compliance;

import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The devices whose agent cannot read a rule, since it is written in a younger vocabulary
/// ([dev.interdict.policy.Vocabulary]). They skip the rule and report it as unreadable.
///
/// @param enrolled all devices there are
/// @param byVersion how many cannot, by the agent's version; `unknown` before the first report
public record OldAgents(int vocabulary, long enrolled, SequencedMap<String, Long> byVersion) {
  public OldAgents {
    byVersion = Collections.unmodifiableSequencedMap(new TreeMap<>(byVersion));
  }

  /// How many devices cannot read it.
  public long devices() {
    return byVersion.values().stream().mapToLong(Long::longValue).sum();
  }
}
