/// The rings that workstations are put into: what they are called, in which order they come, and
/// who is in which.
///
/// In: what an author writes, and moves. Out: rows, and entries of the audit log. What no single
/// person moves or describes goes by a proposal. A ring sets no date: a rule draws its own rings by
/// lot on each device, in what is signed offline. Of what is said here only the bounds reach
/// devices, by what the circuit breaker holds.
@NullMarked
package dev.interdict.server.rings;

import org.jspecify.annotations.NullMarked;
