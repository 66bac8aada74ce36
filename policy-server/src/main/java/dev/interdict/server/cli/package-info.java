/// The two programs of an administrator: `interdict-server`, which is set up and run, and
/// `interdict`, which writes, checks and publishes rules.
///
/// Comes in: arguments and files. Goes out: text or JSON on standard output, one line on standard
/// error when something is wrong, and an exit code. Commands decide nothing themselves.
@NullMarked
package dev.interdict.server.cli;

import org.jspecify.annotations.NullMarked;
