/// The main job on this machine, told as a short story: a server, a published ban, a workstation
/// that is told, waits, obeys and is found clean, and a fleet around it.
///
/// In: the distribution folder and a folder to work in. Out: text on the terminal, exit code 1 if
/// anything differs from what the story says.
///
/// Only real programs over their public commands; never a reach into agent or server code, never a
/// file outside the folder it was given.
@NullMarked
package dev.interdict.demo;

import org.jspecify.annotations.NullMarked;
