/// What every operating system needs alike at the edge: starting other programs, what reading a
/// tree may cost, and the list of processes.
///
/// Comes in: absolute programs with their arguments. Goes out: bounded bytes and an exit. Nothing
/// here knows what is started or believes what it answers.
@NullMarked
package dev.interdict.agent.platform;

import org.jspecify.annotations.NullMarked;
