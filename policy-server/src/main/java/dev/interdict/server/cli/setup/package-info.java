/// Setting a server up and running it: its folder, its settings, its tokens.
///
/// Comes in: a folder and flags. Goes out: a folder that is whole or not there at all, a running
/// server, secrets that are shown once.
@NullMarked
package dev.interdict.server.cli.setup;

import org.jspecify.annotations.NullMarked;
