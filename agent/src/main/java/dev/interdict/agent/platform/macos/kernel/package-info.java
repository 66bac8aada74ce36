/// macOS by native calls, on descriptors: files and processes for the quarantine.
///
/// Comes in: open folders and single names, numbers of processes. Goes out: what the kernel says of
/// them. Never run where this was written; its smoke tests run on macOS in the build's matrix.
@NullMarked
package dev.interdict.agent.platform.macos.kernel;

import org.jspecify.annotations.NullMarked;
