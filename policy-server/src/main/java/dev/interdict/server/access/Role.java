package dev.interdict.server.access;

/// What an account may do. Roles do not include one another, but each may read what a viewer may.
public enum Role {
  /// Read pages and lists.
  VIEWER,
  /// Exempt within limits, restore, retry.
  HELPDESK,
  /// Write rules.
  AUTHOR,
  /// Approve what others wrote.
  APPROVER,
  /// Publish what was approved, and hold or withdraw it.
  SIGNER,
  /// Read everything, the audit log included.
  AUDITOR,
  /// Accounts and tokens.
  ADMINISTRATOR
}
