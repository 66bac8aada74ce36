/// The REST endpoints, device and admin apart: each its own listener, credential and code path.
///
/// In: requests. Out: what the slices answer, as status codes and JSON.
///
/// Decides nothing itself, and tells a device nothing about another.
@NullMarked
package dev.interdict.server.api;

import org.jspecify.annotations.NullMarked;
