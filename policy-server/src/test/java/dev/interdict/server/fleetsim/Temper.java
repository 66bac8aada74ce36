package dev.interdict.server.fleetsim;

/// How a fleet lives.
enum Temper {
  /// As people and machines do.
  NATURAL,
  /// Something changes with every check-in, for measurements.
  RESTLESS,
  /// Every machine has the tool, and every agent removes it with its first contact after the date.
  AT_ONCE
}
