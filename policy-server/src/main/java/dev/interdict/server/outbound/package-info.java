/// Wires what tells other systems to a running server.
///
/// In: the slices, and the settings. Out: threads that hand events over, and a listener of metrics
/// and health.
@NullMarked
package dev.interdict.server.outbound;

import org.jspecify.annotations.NullMarked;
