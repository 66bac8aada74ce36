/// A fleet of up to a million devices that do not exist: real keys, real signed requests over HTTP,
/// lives that follow a ban.
///
/// In: a seed, a company, the address of a server. Out: requests, and for every device the truth
/// that the server's figures can be held against.
///
/// What a device does is a pure function of seed, device and time; only what the protocol needs
/// (sequence, hash of the last report) is remembered, in flat arrays. Keys come from the seed and
/// are worth nothing elsewhere.
@NullMarked
package dev.interdict.server.fleetsim;

import org.jspecify.annotations.NullMarked;
