/// Takes workstations out of the fleet, so that they count no more: a few alone, many by two
/// people.
///
/// In: names of workstations, and why. Out: rows of the fleet's, proposals, entries of the audit
/// log. Nothing is removed from a workstation by it.
@NullMarked
package dev.interdict.server.retirement;

import org.jspecify.annotations.NullMarked;
