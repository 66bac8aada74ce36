/// The rights with which parts of the agent run on Linux: who may have written what root executes,
/// and how a worker is started without root's.
///
/// Comes in: a command and the machine's accounts. Goes out: the same command under another account
/// with the named capabilities and no more, and what is weaker here than intended. Nothing here
/// runs longer than a moment.
@NullMarked
package dev.interdict.agent.platform.linux.privilege;

import org.jspecify.annotations.NullMarked;
