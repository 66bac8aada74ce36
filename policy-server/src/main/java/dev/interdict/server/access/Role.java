package dev.interdict.server.access;

import dev.interdict.json.Fields;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What an account may do. Roles do not include one another, but each may read what a viewer may.
public enum Role {
  /// Read pages and lists.
  VIEWER,
  /// Exempt within limits, restore, retry.
  HELPDESK,
  /// Write rules, and publish what was approved.
  AUTHOR,
  /// Approve what others wrote, and publish what was approved.
  APPROVER,
  /// Publish what was approved and signed elsewhere, hold it or withdraw it.
  SIGNER,
  /// Read everything, the audit log included.
  AUDITOR,
  /// Accounts and tokens.
  ADMINISTRATOR;

  /// Those that read, and do nothing else. The others decide something, and are given on the
  /// server's own machine or by an identity provider.
  public static final Set<Role> LOOKING = Set.of(VIEWER, AUDITOR);

  /// Those that do something within a department. What the others do is for the whole fleet.
  private static final Set<Role> WITHIN = EnumSet.of(VIEWER, HELPDESK, APPROVER);

  /// Holds roles against the part of the fleet that they are for.
  ///
  /// @throws IllegalArgumentException if there is none, or one that does nothing within a scope
  public static void check(Set<Role> roles, Scope scope) {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("at least one role is needed");
    }
    var whole =
        roles.stream()
            .filter(role -> !scope.isWhole() && !WITHIN.contains(role))
            .sorted()
            .map(Fields::written)
            .collect(Collectors.joining(", "));
    if (!whole.isEmpty()) {
      throw new SentenceException(
          Sentence.of(
              "account.scope",
              "what the role %s does is for the whole fleet; with a scope there is viewer,"
                  + " helpdesk, approver",
              whole));
    }
  }
}
