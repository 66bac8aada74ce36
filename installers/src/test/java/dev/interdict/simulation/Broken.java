package dev.interdict.simulation;

/// What is deliberately wrong in a life, so that it shows which look notices it.
enum Broken {
  NOTHING,
  /// The agent takes away what it finds, whatever the date and whoever was told.
  REMOVES_AT_ONCE,
  /// The scan sees nothing and says that it saw everything.
  SEES_NOTHING,
  /// The server says that it took reports which it refused.
  SAYS_TAKEN,
  /// Nothing newer than the first policy gets to the agents.
  FROZEN,
  /// The server signs on after a restore, as if no device held anything newer.
  REUSES_NUMBERS,
  /// The agent looks again at once, for ever.
  HASTY
}
