/// The acts that the quarantine and the stopping of processes need from an operating system, as
/// seams, for the systems where they are had by handles: Windows and macOS.
///
/// Comes in: an open folder and a name of one component in it, or a process's number. Goes out:
/// what is there, and errors by kind. Whatever is behind it follows no link, takes no path below a
/// user's folder, and replaces nothing.
@NullMarked
package dev.interdict.agent.platform.handles;

import org.jspecify.annotations.NullMarked;
