/// What people did to the fleet, append-only and hash-chained.
///
/// In: an entry, within the transaction of the change it records. Out: the entries, and whether the
/// chain holds.
///
/// Never holds a secret. The chain alone does not show a cut tail: compare its head with one kept
/// elsewhere.
@NullMarked
package dev.interdict.server.audit;

import org.jspecify.annotations.NullMarked;
