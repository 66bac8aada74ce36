package dev.interdict.policy;

import org.jspecify.annotations.Nullable;

/// What a rule is about, as people read it.
///
/// @param family products that one decision covers together, such as `anthropic`
public record Tool(
    String name,
    String publisher,
    @Nullable String family,
    Risk risk,
    @Nullable Assessment assessment,
    Localized reason,
    Replacement replacement) {}
