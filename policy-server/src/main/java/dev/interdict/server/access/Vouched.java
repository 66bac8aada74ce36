package dev.interdict.server.access;

import dev.interdict.server.store.Secrets;
import java.util.Locale;

/// A person for whom an identity provider vouches. Immutable.
///
/// @param subject who it is, together with the issuer: nothing else is
/// @param externalId by what the company's directory may know the person: Entra's `oid`, or else
///   the subject. Says who has left, and never who may do what
/// @param userName what the provider calls the person to sign in; empty where it does not say. Says
///   as little
/// @param display for people to read
public record Vouched(
    String issuer, String subject, String externalId, String userName, String display) {

  /// The name of the person's account.
  String account() {
    return Accounts.OIDC + Secrets.hash(issuer + "\n" + subject).substring(0, 32);
  }

  /// The user name as it is compared.
  String userKey() {
    return userName.toLowerCase(Locale.ROOT);
  }
}
