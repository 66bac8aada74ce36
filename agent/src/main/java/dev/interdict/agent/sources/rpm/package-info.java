/// What rpm records, in each of the databases that it has had: SQLite, its own (ndb) and Berkeley
/// DB. All of them hold one header for each package, which one parser reads.
@NullMarked
package dev.interdict.agent.sources.rpm;

import org.jspecify.annotations.NullMarked;
