package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.policy.RuleId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing in quarantine.
///
/// @param item what it belonged to, in words
/// @param owner whose home it came from; null for machine-wide things
/// @param path where it was, and the only place it is given back to
/// @param bytes content in all
/// @param until when it may be removed for good
/// @param reasons why it was taken, by language tag
public record Held(
    HeldId id,
    RuleId rule,
    String item,
    @Nullable Home owner,
    BytePath path,
    FileKind kind,
    long bytes,
    Instant at,
    Instant until,
    Map<String, String> reasons) {
  public Held {
    reasons = Map.copyOf(reasons);
  }
}
