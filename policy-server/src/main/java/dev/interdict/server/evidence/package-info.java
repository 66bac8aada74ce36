/// What an auditor takes home: for a rule, or all of them, and a period, one archive with a report
/// to read, the rows behind it, the signed lists that were in force, and what proves them.
///
/// In: what the server kept. Out: a ZIP, written while it is read; the same data are the same
/// bytes.
///
/// Never says of a day what was not taken on it, and shows nothing of what was outside of the
/// period.
@NullMarked
package dev.interdict.server.evidence;

import org.jspecify.annotations.NullMarked;
