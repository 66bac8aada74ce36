package dev.interdict.policy;

/// What happens from the effective date, in rising strictness; where several rules meet on one item
/// the strictest due one counts.
public enum Enforcement {
  /// Found and reported; the employee is not addressed.
  OBSERVE,
  /// Found, reported, and the employee is told.
  NOTIFY,
  /// As before, and it is kept from running.
  BLOCK,
  /// As before, and it is moved into quarantine.
  REMOVE
}
