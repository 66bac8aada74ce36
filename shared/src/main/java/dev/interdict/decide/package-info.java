/// What follows from a finding, and when: the device's own fair date, the verdict on each rule, and
/// what each person is to be told next.
///
/// Comes in: a rule, what is found of it, what the device remembers, what else is signed, trusted
/// time. Goes out: verdicts that can be explained, and moments of notices. Pure: no disk, no clock,
/// no log. Agents decide by it, and admins try a rule out with it before they publish.
@NullMarked
package dev.interdict.decide;

import org.jspecify.annotations.NullMarked;
