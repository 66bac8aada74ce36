/// Everything that may leave a device: the agent composes a [dev.interdict.report.Report], the
/// server reads it.
///
/// In: values made for sending, never the agent's own. Out: JSON bytes, and records from bytes.
///
/// Nothing here may hold a user's name, a home folder's name, a command line, an environment
/// variable's value or file contents. A component added here is a component sent: it must be
/// justified to the employee whose device sends it.
@NullMarked
package dev.interdict.report;

import org.jspecify.annotations.NullMarked;
