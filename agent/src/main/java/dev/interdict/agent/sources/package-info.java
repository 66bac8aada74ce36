/// What each ecosystem records of its installations, read as data: one file per ecosystem.
///
/// Comes in: a home or the machine's tree. Goes out: items and gaps. It never runs what it finds,
/// never asks a package manager, never follows a link but by reading it, and never quotes the
/// content of a user's file in a gap.
@NullMarked
package dev.interdict.agent.sources;

import org.jspecify.annotations.NullMarked;
