/// The quarantine on Windows and macOS: moving files of users away, and back, while they may be
/// swapping them.
///
/// Comes in: plans, through [dev.interdict.agent.enforce.Hands]. Goes out: outcomes. The order of
/// acts and of journal records is that of the quarantine on Linux; what is different is that every
/// act goes through [dev.interdict.agent.platform.handles.Disk], so that all of it runs on a disk
/// in memory, where a test exchanges things between any two calls.
@NullMarked
package dev.interdict.agent.platform.handles.quarantine;

import org.jspecify.annotations.NullMarked;
