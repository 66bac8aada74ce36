package dev.interdict.report;

/// What [RuleState#PRESENT] means for the person at the device.
public enum Presence {
  /// Found; no notice has been shown yet.
  NEW,
  /// A notice was shown.
  NOTIFIED,
  /// The person asked to be reminded later; the date stands.
  SNOOZED,
  /// The person put removal off, as far as the rule allows.
  PUT_OFF
}
