/// What is on the machine, as values: items, processes and the gaps where nobody could look.
///
/// Comes in: trees of files that their users control, read through the
/// [dev.interdict.agent.inventory.Tree] seam. Goes out: one
/// [dev.interdict.agent.inventory.Inventory]. It never judges, never follows a link and never runs
/// what it finds.
@NullMarked
package dev.interdict.agent.inventory;

import org.jspecify.annotations.NullMarked;
