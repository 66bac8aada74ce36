/// Trusted time: certainly not later than reality, whatever the wall clock says.
///
/// Comes in: signed statements of time, the instants at which people signed files, the kernel's
/// boot clock, and the wall clock as a hint. Goes out: an instant that only moves forward, and what
/// is known of it. Neither the server alone nor the wall clock alone can bring a date on.
@NullMarked
package dev.interdict.agent.time;

import org.jspecify.annotations.NullMarked;
