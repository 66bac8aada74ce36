/// Signing in by an OpenID Connect provider: code flow with PKCE, nothing else.
///
/// In: the provider's settings, and what a browser brings back. Out: a session of the person whom
/// the provider vouches for, with the roles that its groups are mapped to, or a refusal.
///
/// Believes a provider its signed word about its own people and nothing more: a person is the
/// provider's subject, never a name or an e-mail address, and a group that is not mapped gives
/// nothing.
@NullMarked
package dev.interdict.server.access.oidc;

import org.jspecify.annotations.NullMarked;
