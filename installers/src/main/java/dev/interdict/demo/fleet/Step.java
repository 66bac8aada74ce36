package dev.interdict.demo.fleet;

import java.time.Instant;

/// A moment at which a device stands differently and says so.
record Step(Instant at, Condition condition) {}
