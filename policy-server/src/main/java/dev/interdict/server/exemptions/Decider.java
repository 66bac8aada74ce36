package dev.interdict.server.exemptions;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.server.access.Role;
import dev.interdict.server.wording.Sentence;
import java.util.Set;

/// Who decides. The name is what the audit log and the employee see.
///
/// @param name of an account, so that two names are two people
public record Decider(String name, Set<Role> roles) {
  public Decider {
    roles = Set.copyOf(roles);
  }

  /// Ends a decision's transaction unless he may take the first of two steps, refuse and end: what
  /// makes the company less safe for nobody.
  ///
  /// @param does what he is about to do
  void needToHandle(String does) {
    if (!roles.contains(Role.HELPDESK) && !roles.contains(Role.APPROVER)) {
      throw mayNot(does, "helpdesk or approver");
    }
  }

  /// Ends a decision's transaction unless he may take the second step, which grants.
  ///
  /// @param does what he is about to do
  void needToGrant(String does) {
    if (!roles.contains(Role.APPROVER)) {
      throw mayNot(does, "approver");
    }
  }

  private UndecidedException mayNot(String does, String role) {
    return new UndecidedException(
        CONTENT,
        Sentence.of(
            "exemption.role",
            "%s may not decide this: whoever %s has the role %s",
            name,
            does,
            Sentence.word("role", role)));
  }
}
