/// One database, opened, migrated and written through one door.
///
/// In: transactions and queries of the other packages, each over the tables it owns. Out: what they
/// return, only after it is durable.
///
/// Knows no table but its own migrations; never holds a secret that is not hashed.
@NullMarked
package dev.interdict.server.store;

import org.jspecify.annotations.NullMarked;
