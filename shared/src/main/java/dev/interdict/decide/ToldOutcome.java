package dev.interdict.decide;

/// What came of telling a person.
public enum ToldOutcome {
  /// A channel showed it.
  SHOWN,
  /// It is due and waits for working hours.
  HELD_BACK,
  /// Nobody was there.
  NO_SESSION,
  /// The person's session asks not to be disturbed.
  DO_NOT_DISTURB,
  /// Trying was not safe, or not ours to do.
  REFUSED,
  /// It was tried and did not appear.
  FAILED;

  /// Whether a channel was tried, so that what follows from not being able to tell begins to count.
  public boolean tried() {
    return switch (this) {
      case SHOWN, HELD_BACK -> false;
      case NO_SESSION, DO_NOT_DISTURB, REFUSED, FAILED -> true;
    };
  }
}
