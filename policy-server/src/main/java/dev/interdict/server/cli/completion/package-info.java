/// Scripts by which shells complete what somebody types.
///
/// In: the commands as they are declared. Out: a script for bash, zsh or fish.
@NullMarked
package dev.interdict.server.cli.completion;

import org.jspecify.annotations.NullMarked;
