/// The commands that ask a server over its API, from any machine.
///
/// In: a profile, or an address and a token. Out: what the server answered, for people and for
/// programs.
///
/// A token is read from a file or from standard input, kept in a file of its owner's alone, and
/// never an argument. Speaks plain HTTP to this machine only.
@NullMarked
package dev.interdict.server.cli.remote;

import org.jspecify.annotations.NullMarked;
