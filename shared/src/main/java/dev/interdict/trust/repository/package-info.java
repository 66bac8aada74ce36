/// The publishing side: a folder of static files that any client of The Update Framework can read,
/// served by anything that serves files.
///
/// Comes in: signed or signable role metadata and target contents. Goes out: a folder in which a
/// reader always finds a whole, consistent state. It makes nothing visible that
/// [dev.interdict.trust.TrustedMetadata] refuses, and never uses a version number twice.
@NullMarked
package dev.interdict.trust.repository;

import org.jspecify.annotations.NullMarked;
