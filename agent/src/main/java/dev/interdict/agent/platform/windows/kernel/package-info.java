/// Windows by native calls, on handles: files and processes for the quarantine.
///
/// Comes in: open folders and single names, numbers of processes. Goes out: what the system says of
/// them. Never run where this was written; its smoke tests run on Windows in the build's matrix.
@NullMarked
package dev.interdict.agent.platform.windows.kernel;

import org.jspecify.annotations.NullMarked;
