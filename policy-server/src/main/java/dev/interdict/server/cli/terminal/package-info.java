/// What every command shares: the world that it may touch, exit codes, one-line failures.
///
/// Holds no knowledge of any command.
@NullMarked
package dev.interdict.server.cli.terminal;

import org.jspecify.annotations.NullMarked;
