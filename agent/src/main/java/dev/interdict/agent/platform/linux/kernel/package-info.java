/// The Linux kernel's calls as typed methods: descriptors, names as bytes, errors as
/// [dev.interdict.agent.platform.linux.kernel.Errno].
///
/// Comes in: open directories and one-component names. Goes out: descriptors and facts. It decides
/// nothing, and no other package touches JNA for the file system and processes.
@NullMarked
package dev.interdict.agent.platform.linux.kernel;

import org.jspecify.annotations.NullMarked;
