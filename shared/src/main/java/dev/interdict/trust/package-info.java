/// The client of The Update Framework (specification 1.0.34): from a root everyone was given to the
/// bytes of a target, or to a named reason why not.
///
/// Comes in: the initial root, files of a repository, the time. Goes out: verified targets. Rules
/// ([dev.interdict.trust.TrustedMetadata]) are apart from I/O ([dev.interdict.trust.Updater]),
/// which reaches the world through [dev.interdict.trust.Fetcher] and
/// [dev.interdict.trust.TrustStore] only. It never asks for the time, never keeps what it refused,
/// and never lets a name out of a signed file reach the file system.
@NullMarked
package dev.interdict.trust;

import org.jspecify.annotations.NullMarked;
