/// The quarantine on Linux: moving files of users away, and back, while they may be swapping them.
///
/// Comes in: plans, through [dev.interdict.agent.enforce.Hands]. Goes out: outcomes. Every act is
/// on a directory descriptor and a one-component name; a thing is moved first and verified
/// afterwards, where its user cannot reach it. No inode that a user can name is ever written to or
/// given other rights.
@NullMarked
package dev.interdict.agent.platform.linux.quarantine;

import org.jspecify.annotations.NullMarked;
