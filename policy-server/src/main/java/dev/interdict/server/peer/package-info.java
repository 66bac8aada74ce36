/// Connections to other systems: to which addresses, with whose certificates, for how long.
///
/// In: a host and a port that an admin named. Out: a connection to exactly the address that was
/// checked, or a refusal.
///
/// Never asks for a name's addresses twice, and never lets a peer hold a thread for longer than was
/// said.
@NullMarked
package dev.interdict.server.peer;

import org.jspecify.annotations.NullMarked;
