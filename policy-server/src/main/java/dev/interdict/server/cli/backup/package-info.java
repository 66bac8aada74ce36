/// The commands of `interdict-server` for backup, restore and check.
///
/// In: a server's folder, or a backup. Out: the other of the two, and what was found in it.
@NullMarked
package dev.interdict.server.cli.backup;

import org.jspecify.annotations.NullMarked;
