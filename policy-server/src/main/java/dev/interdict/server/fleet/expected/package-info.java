/// The company's list of workstations: what the fleet is measured against.
///
/// In: rows of a file, the claims of devices that enrol, decisions of people. Out: entries, the
/// device that counts as each, and plans that say what an import would change.
///
/// A device never moves into an entry that another one fills, nor out of the counts, by what a
/// device says: that takes a person, or a token whose maker allowed it.
@NullMarked
package dev.interdict.server.fleet.expected;

import org.jspecify.annotations.NullMarked;
