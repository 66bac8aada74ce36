/// The agent's commands: arguments in, a role or an answer for a person out.
///
/// Holds no logic of its own; a command opens what it needs, asks, and prints.
@NullMarked
package dev.interdict.agent.cli;

import org.jspecify.annotations.NullMarked;
