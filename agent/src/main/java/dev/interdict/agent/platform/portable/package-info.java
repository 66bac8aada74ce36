/// Reads a machine through Java's own file system, where no part is written for its operating
/// system: macOS and Windows. Only reads; nothing here changes, starts or stops anything.
@NullMarked
package dev.interdict.agent.platform.portable;

import org.jspecify.annotations.NullMarked;
