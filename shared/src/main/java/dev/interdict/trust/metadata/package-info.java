/// The four kinds of signed metadata of The Update Framework (specification 1.0.34), as values.
///
/// Comes in: bytes. Goes out: a checked value that keeps those bytes, or the one
/// [dev.interdict.trust.metadata.RepositoryException]. Reading a file says nothing about whether to
/// believe it: signatures, versions and expiry are judged by [dev.interdict.trust.TrustedMetadata].
@NullMarked
package dev.interdict.trust.metadata;

import org.jspecify.annotations.NullMarked;
