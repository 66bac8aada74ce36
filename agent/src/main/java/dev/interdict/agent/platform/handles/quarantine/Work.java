package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.report.ErrorClass;
import java.io.IOException;

/// What is done to the machine, and how what goes wrong with it becomes an outcome.
@FunctionalInterface
interface Work {
  Outcome perform() throws IOException, RefusedException;

  /// Performs it; what it throws is an outcome too.
  static Outcome outcome(Work work) {
    try {
      return work.perform();
    } catch (RefusedException e) {
      return e.outcome();
    } catch (DiskException e) {
      return new Outcome.Failed(error(e), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Outcome.Failed(ErrorClass.OTHER, "journal: " + e.getMessage());
    }
  }

  private static ErrorClass error(DiskException e) {
    return switch (e.trouble()) {
      case DENIED -> ErrorClass.ACCESS_DENIED;
      case NO_SPACE -> ErrorClass.NO_SPACE;
      case IN_USE, OCCUPIED -> ErrorClass.FILE_IN_USE;
      case OTHER_VOLUME -> ErrorClass.NETWORK_PATH;
      case ABSENT, LINK, NOT_EMPTY -> ErrorClass.CHANGED;
      case UNSUPPORTED, OTHER -> ErrorClass.OTHER;
    };
  }
}
