/// The page that this computer serves to the person at it: what is decided about their software,
/// and their answers.
///
/// Comes in: requests of the person's own browser, over loopback, and the guard's answers through
/// its socket. Goes out: plain HTML and the person's answers to the guard. Runs as that person, for
/// as long as the page is looked at, and writes nothing to disk.
@NullMarked
package dev.interdict.agent.page;

import org.jspecify.annotations.NullMarked;
