/// What Prometheus reads: counters and histograms of this process, and their text.
///
/// In: one line of call from where something happens. Out: the text exposition format.
///
/// No label ever names a device or a person, and labels that devices choose are bounded.
@NullMarked
package dev.interdict.server.metrics;

import org.jspecify.annotations.NullMarked;
