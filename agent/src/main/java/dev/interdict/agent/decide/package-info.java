/// What follows from a finding, and when: the device's own fair date and the verdict on each rule.
///
/// Comes in: findings, what the device remembers, what is signed, trusted time. Goes out: verdicts
/// that can be explained. Pure: no disk, no clock, no log.
@NullMarked
package dev.interdict.agent.decide;

import org.jspecify.annotations.NullMarked;
