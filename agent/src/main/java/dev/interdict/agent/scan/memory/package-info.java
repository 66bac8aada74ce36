/// What the last scan saw and what that depended on, so that a scan of a machine on which nothing
/// changed reads next to nothing.
///
/// A look at a place is watched while it is made: which folders it listed, which files it read,
/// what it missed. It is repeated as soon as one of these has changed, when it left a gap, and at
/// least once a day. What lies inside an entry of a listed folder of packages is taken as unchanged
/// while the folder is: a package manager replaces the entry, and whoever edits a record in place
/// is seen by the daily look.
@NullMarked
package dev.interdict.agent.scan.memory;

import org.jspecify.annotations.NullMarked;
