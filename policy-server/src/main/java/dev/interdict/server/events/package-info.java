/// What happened, for other systems: the outbox.
///
/// In: one line of call from the place where it happens, within the transaction of the change. Out:
/// the events in the order in which they were committed, to readers that each remember how far they
/// came.
///
/// Never tells anything that was not committed, and never more about a person than the console
/// shows.
@NullMarked
package dev.interdict.server.events;

import org.jspecify.annotations.NullMarked;
