package dev.interdict.report;

/// What can be wrong with a device in a way that somebody should know. Each constant says what the
/// agent does about it; `shared/docs/problems.md` says what an admin does.
public enum Problem {
  /// Policy whose signature, hash or threshold does not hold. Not used; the last trusted stays.
  POLICY_TAMPERED,
  /// Policy older than one already seen. Not used; the last trusted stays.
  POLICY_ROLLED_BACK,
  /// The policy's proof of freshness has expired. What was verified goes on being enforced.
  POLICY_STALE,
  /// The blocklist's own signatures have expired. Notices only; nothing new is removed.
  POLICY_EXPIRED,
  /// No server answered. Tried again with growing pauses; the last trusted policy stays.
  POLICY_UNREACHABLE,
  /// No policy was ever verified here. Nothing is matched and nothing is clear.
  POLICY_MISSING,
  /// A rule this agent does not fully understand. It is skipped; its state is unknown.
  RULE_UNREADABLE,
  /// An exemption this agent does not fully understand. Its rule is not enforced here.
  EXEMPTION_UNREADABLE,
  /// The wall clock moved against the boot clock, or is behind what is certain. Dates follow
  /// trusted time only.
  CLOCK_STEPPED,
  /// Long without trusted time, or the server's is borne out by nothing. Dates follow the rule for
  /// offline devices.
  CLOCK_UNTRUSTED,
  /// A source was not, or not wholly, read. Rules without a finding stay unknown.
  PARTLY_INSPECTED,
  /// A bound on sizes was met and the rest left out. Treated as partly inspected.
  LIMIT_EXCEEDED,
  /// A scan ran out of time or crashed. It is started anew; until then partly inspected.
  SCAN_FAILED,
  /// More matches than the rule allows, or a match on the protected list. Nothing is removed.
  ENFORCEMENT_REFUSED,
  /// Removal failed too often. It rests until root has it tried again.
  ENFORCEMENT_PAUSED,
  /// The journal cannot be written, so nothing is removed until it can.
  JOURNAL_UNWRITABLE,
  /// No session could show a notice. The date waits as the rule's minimum notice says.
  NOTICE_NOT_SHOWN,
  /// Reports were dropped because too many waited, or the server refused them for good. The
  /// sequence numbers show the gap.
  REPORTS_DROPPED,
  /// The agent's own memory was damaged and was rebuilt. Notice periods start anew.
  LEDGER_REBUILT,
  /// The server knew of later reports than this device: its memory is of an earlier time, or
  /// another machine has its key. Its history goes on after the server's; people are told anew, and
  /// dates wait as long as anybody could have put them off.
  HISTORY_RESUMED,
  /// Preventing launches took too long once, so that for a while what is banned is stopped just
  /// after it starts instead.
  LAUNCHES_LET_THROUGH,
  /// The server's audit log is not the one that was seen before: cut off, or written anew. Policy
  /// is taken all the same, since it is signed by others than the log.
  LOG_CONTRADICTED,
  /// The agent runs without the privilege or the separation it should have.
  PRIVILEGE_REDUCED,
  /// A problem that only a newer agent can name.
  OTHER
}
