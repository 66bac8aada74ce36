package dev.interdict.server.exemptions;

import dev.interdict.policy.RuleId;

/// What a decision is about: one rule on one device. At most one case of it waits at a time.
///
/// @param device the device id
public record About(String device, RuleId rule) {}
