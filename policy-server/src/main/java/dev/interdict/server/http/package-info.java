/// The thin edge between HTTP and the rest: listeners, routes, requests and responses as values.
///
/// In: connections. Out: a handler's response with the headers that every answer carries.
///
/// Knows nothing of devices, people or pages. Never resolves a peer's name, never answers with an
/// exception's text, never reads a body beyond the route's bound. The only package that touches the
/// HTTP server's library.
@NullMarked
package dev.interdict.server.http;

import org.jspecify.annotations.NullMarked;
