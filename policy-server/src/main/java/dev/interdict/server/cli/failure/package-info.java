/// The commands `interdict failures`: the queue of removals that need hands.
///
/// In: what an admin typed. Out: lines, CSV or JSON, and decisions handed to `failures`.
@NullMarked
package dev.interdict.server.cli.failure;

import org.jspecify.annotations.NullMarked;
