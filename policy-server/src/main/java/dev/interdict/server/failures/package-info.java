/// The queue of removals that did not succeed and need hands: what the devices' reports say, and
/// beside it what people do about it.
///
/// In: decisions of people, by name. Out: rows of the queue. Opens and closes by the reports alone.
@NullMarked
package dev.interdict.server.failures;

import org.jspecify.annotations.NullMarked;
