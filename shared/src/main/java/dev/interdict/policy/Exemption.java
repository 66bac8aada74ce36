package dev.interdict.policy;

import java.time.Instant;

/// One device may keep a banned tool until a date. It always ends.
///
/// @param id the case it was granted under, such as `EX-0118`
/// @param device the device id
/// @param grantedBy who decided, shown to the employee
public record Exemption(
    String id, RuleId rule, String device, Instant until, String grantedBy, String reason) {}
