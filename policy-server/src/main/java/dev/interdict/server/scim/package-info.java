/// SCIM 2.0 (RFC 7643, 7644) on the port for people: the company's directory tells who may sign in
/// and who has left. In comes what it says of users; out goes a word to [Roster][
/// dev.interdict.server.access.Roster] of whom to keep out and whom to let in again. It never makes
/// an account, and gives nobody a role, a password or a token.
@NullMarked
package dev.interdict.server.scim;

import org.jspecify.annotations.NullMarked;
