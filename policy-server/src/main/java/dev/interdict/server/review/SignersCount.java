package dev.interdict.server.review;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Vocabulary;
import dev.interdict.server.ceremony.SigningDraft.RuleReach;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.publish.ListDrafting;
import dev.interdict.server.publish.Recognition;

/// What signers are told of whom a rule reaches: how many workstations have it now, and how many
/// have looked. Nobody signs it. Thread-safe.
///
/// @param recognition since when workstations have looked for what the rule recognises
public record SignersCount(Compliance compliance, Recognition recognition)
    implements ListDrafting.Reaching {
  @Override
  public RuleReach of(RuleId id, Json rule) throws JsonException {
    var reach =
        compliance.reaching().reach(id, Vocabulary.needs(rule), recognition.since(id, rule));
    var matched = reach.matched();
    return new RuleReach(
        id.value(),
        matched.isPresent() ? matched.getAsLong() : null,
        reach.looked(),
        reach.exempt(),
        reach.unreadable().devices(),
        reach.enrolled(),
        reach.asOf());
  }
}
