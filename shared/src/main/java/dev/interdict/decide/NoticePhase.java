package dev.interdict.decide;

/// The stages at which an employee is told before the date, in their order.
public enum NoticePhase {
  ANNOUNCED,
  REMINDER,
  DAY_BEFORE,
  LAST_HOUR
}
