/// Keeping banned programs from being started, and noticing that one comes back.
///
/// Comes in: plans whose programs are due and still there, and the places where removed software
/// was. Goes out: what was tried at the gate, and what arrived where, with its likely cause.
/// Threads and marks exist only while there is something to keep or to watch; whatever is not
/// marked is not slowed. It lets through whatever it cannot decide in time.
@NullMarked
package dev.interdict.agent.platform.linux.watch;

import org.jspecify.annotations.NullMarked;
