package dev.interdict.server.fleetsim;

/// A company with what its machines remember.
record LoadedFleet(Company company, Hours hours, Keys keys, Roster roster) {}
