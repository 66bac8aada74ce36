package dev.interdict.server.evidence;

import dev.interdict.policy.Language;
import org.jspecify.annotations.Nullable;

/// What somebody wants evidence of.
///
/// @param rule the id of one rule; null for all that were in force
/// @param language of what people read in it
public record Asked(@Nullable String rule, Period period, Language language) {}
