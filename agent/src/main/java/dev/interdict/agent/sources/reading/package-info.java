/// How every source reads: places by pattern, links by reading them, records as bounded data.
@NullMarked
package dev.interdict.agent.sources.reading;

import org.jspecify.annotations.NullMarked;
