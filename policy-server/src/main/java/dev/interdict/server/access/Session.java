package dev.interdict.server.access;

import dev.interdict.json.Fields;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/// Somebody whose request was let in: a person who signed in, or a program with a token.
///
/// @param account who it is in the audit log: an account's name, or `token:` and a token's
/// @param scope which part of the fleet it sees
/// @param csrf the token that each of the session's forms must carry; a program's has none
/// @param expiresAt when it ends, however busy it is
/// @param provedAt when the person last gave a password or a code
/// @param display how people call somebody of an identity provider, else empty; says nothing of who
///   it is
public record Session(
    String account,
    Kind kind,
    Set<Role> roles,
    Scope scope,
    String csrf,
    Instant expiresAt,
    Instant provedAt,
    String display) {

  /// What is behind a session.
  public enum Kind {
    /// A person in a browser.
    PERSON,
    /// A program with an API token.
    TOKEN,
    /// The break-glass account.
    BREAK_GLASS
  }

  public Session {
    roles = Set.copyOf(roles);
  }

  /// Whether it may do what `role` may. Anybody signed in may read what a viewer may; only a person
  /// of an own account approves, whatever roles somebody gave to something else.
  public boolean may(Role role) {
    return role == Role.VIEWER
        || roles.contains(role) && (role != Role.APPROVER || kind == Kind.PERSON);
  }

  /// By what name somebody is greeted: an account of an identity provider's is called by a number.
  public String called() {
    return display.isEmpty() ? account : display;
  }

  /// The roles in words, for whoever is told that somebody looked, and may have no idea of
  /// accounts.
  public String inWords() {
    return roles.isEmpty()
        ? Fields.written(Role.VIEWER)
        : roles.stream().sorted().map(Fields::written).collect(Collectors.joining(", "));
  }

  /// Leaves the token out.
  @Override
  public String toString() {
    return "Session[" + kind + " " + account + "]";
  }
}
