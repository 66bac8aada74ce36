/// The server as a service of systemd: what its manager is told, and what it may ask.
///
/// In: the manager's environment and its signals. Out: states on its socket, and settings that were
/// read anew, as far as they can hold without a restart.
@NullMarked
package dev.interdict.server.cli.service;

import org.jspecify.annotations.NullMarked;
