/// One scan: every source over every home and the machine, collected into one inventory, and the
/// forms in which that inventory leaves the process.
///
/// Comes in: a machine and the sources. Goes out: an inventory, as a value, on a pipe, or in an
/// export format. It never judges what it found, and never lets a source that fails or hangs pass
/// for one that found nothing.
@NullMarked
package dev.interdict.agent.scan;

import org.jspecify.annotations.NullMarked;
