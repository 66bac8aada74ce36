/// Trusted time: certainly not later than reality, whatever the wall clock says.
///
/// Comes in: signed statements of time and the kernel's boot clock. Goes out: an instant that only
/// moves forward. The wall clock can neither bring a date on nor dodge it.
@NullMarked
package dev.interdict.agent.time;

import org.jspecify.annotations.NullMarked;
