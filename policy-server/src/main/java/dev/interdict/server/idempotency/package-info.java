/// Requests that are done once, however often they are sent.
///
/// In: a request with a key of its client's own. Out: its answer, the first time by doing it and
/// then as it was given.
///
/// Keeps answers for 24 hours, and never one with a secret in it.
@NullMarked
package dev.interdict.server.idempotency;

import org.jspecify.annotations.NullMarked;
