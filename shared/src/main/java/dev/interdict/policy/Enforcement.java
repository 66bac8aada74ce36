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
  REMOVE;

  /// What of it happens at most: weak evidence does no more than tell people.
  ///
  /// @param strong whether something was found by strong evidence
  public Enforcement on(boolean strong) {
    return strong || compareTo(NOTIFY) <= 0 ? this : NOTIFY;
  }
}
