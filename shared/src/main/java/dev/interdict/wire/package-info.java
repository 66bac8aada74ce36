/// How agent and server talk: the paths, the digest of a body (RFC 9530) and the signature of a
/// request (RFC 9421).
///
/// In: the parts of a request and a key. Out: header values, or whether they hold.
///
/// The JDK's cryptography only, no HTTP library: the smallest resident process loads it too.
@NullMarked
package dev.interdict.wire;

import org.jspecify.annotations.NullMarked;
