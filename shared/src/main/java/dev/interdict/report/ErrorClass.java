package dev.interdict.report;

/// Why an action did not succeed, in the classes by which hands are assigned to it.
public enum ErrorClass {
  FILE_IN_USE,
  ACCESS_DENIED,
  TAMPER_PROTECTION,
  NETWORK_PATH,
  OWNER_UNKNOWN,
  PACKAGE_MANAGER_ERROR,
  /// Removed, and seen again.
  REAPPEARED,
  TIMEOUT,
  NO_SPACE,
  /// On the compiled-in list of what is never touched.
  PROTECTED,
  /// More matches on this device than the rule allows.
  LIMIT_EXCEEDED,
  /// What was found is not what was there when it came to acting.
  CHANGED,
  OTHER
}
