/// A disk in memory, behind `java.nio.file`, whose writes fail, tear and are lost as a test says.
/// What comes in: paths of [dev.interdict.simulation.disk.SimulatedDisk#root]; what goes out: what
/// a real disk would hold after a crash, a power cut or a restore.
@NullMarked
package dev.interdict.simulation.disk;

import org.jspecify.annotations.NullMarked;
