package dev.interdict.report;

/// What the agent did about a finding.
public enum ActionKind {
  /// A notice was shown to a person.
  NOTIFIED,
  /// A process was ended.
  STOPPED,
  /// A launch was prevented.
  LAUNCH_BLOCKED,
  /// Moved to quarantine, from where it can be given back.
  QUARANTINED,
  /// Removed by the machine's own package manager.
  UNINSTALLED,
  /// Given back from quarantine.
  RESTORED,
  /// A guard said no: the protected list, the rule's limit, or evidence that had changed.
  REFUSED,
  /// Tried and not achieved; the error class says why.
  FAILED,
  /// Something that only a newer agent can name.
  OTHER
}
