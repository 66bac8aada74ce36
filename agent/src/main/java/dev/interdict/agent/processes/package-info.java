/// The processes of the machine, as the kernel identifies them.
///
/// Comes in: what the kernel tells, or OSHI where there is none to ask. Goes out:
/// [dev.interdict.agent.inventory.RunningProcess] values. A process's own claims (its name, its
/// arguments) never say who it is: they only name a file, which is then looked at itself.
@NullMarked
package dev.interdict.agent.processes;

import org.jspecify.annotations.NullMarked;
