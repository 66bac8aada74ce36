/// Linux as the agent sees it: kernel calls on descriptors, and the safe reading built on them.
///
/// Comes in: a root directory. Goes out: the [dev.interdict.agent.inventory.Tree] and
/// [dev.interdict.agent.inventory.Machine] seams, processes, boot facts. Nothing here follows a
/// link that a user could have made, or acts on a path string below a home.
@NullMarked
package dev.interdict.agent.platform.linux;

import org.jspecify.annotations.NullMarked;
