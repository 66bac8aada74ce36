package dev.interdict.trust.repository;

import dev.interdict.trust.keys.Signer;

/// The keys that the publishing machine itself holds to make each state whole and fresh. Whoever
/// steals them can withhold, and nothing more.
public record OnlineSigners(Signer snapshot, Signer timestamp) {}
