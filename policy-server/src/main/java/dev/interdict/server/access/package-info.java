/// The people who run the server: local accounts, sessions, and who may do what.
///
/// In: names, passwords, session ids from requests. Out: a session, or a refusal that tells an
/// attacker nothing.
///
/// Stores no password and no session id, only what cannot be turned back into them; a device's
/// credential is worth nothing here.
@NullMarked
package dev.interdict.server.access;

import org.jspecify.annotations.NullMarked;
