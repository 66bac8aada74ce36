package dev.interdict.agent.enforce;

import dev.interdict.report.ErrorClass;

/// How one act ended. Details name no user and no path, so that they may be logged.
public sealed interface Outcome {
  /// Achieved, and on disk.
  record Done() implements Outcome {}

  /// There was nothing to do.
  record AlreadyDone() implements Outcome {}

  /// Not done on purpose; everything is as it was.
  record Refused(Refusal why, String detail) implements Outcome {}

  /// The machine did not let us; what was begun is undone or will be at the next start.
  record Failed(ErrorClass error, String detail) implements Outcome {}

  /// Whether what was wanted is the case now.
  default boolean achieved() {
    return switch (this) {
      case Done _, AlreadyDone _ -> true;
      case Refused _, Failed _ -> false;
    };
  }
}
