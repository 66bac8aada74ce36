/// What noticing launches and arrivals takes on every system alike: following new processes, names
/// that differ in a version only, and how often the guard is told.
///
/// Comes in: which files are barred, and each system's own list of processes. Goes out: how many
/// were ended. Threads exist only while something is barred.
@NullMarked
package dev.interdict.agent.platform.watch;

import org.jspecify.annotations.NullMarked;
