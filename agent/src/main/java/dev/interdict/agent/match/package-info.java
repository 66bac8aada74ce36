/// Which items of an inventory a blocklist bans, and how sure that is.
///
/// Comes in: a blocklist and an inventory. Goes out: findings. Pure: no disk, no clock, no log.
@NullMarked
package dev.interdict.agent.match;

import org.jspecify.annotations.NullMarked;
