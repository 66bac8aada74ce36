/// The circuit breaker: what workstations report of a published rule goes in, a hold of that rule
/// in the signed controls comes out. It only ever stops; people let go.
@NullMarked
package dev.interdict.server.breaker;

import org.jspecify.annotations.NullMarked;
