package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.platform.linux.kernel.KernelException;
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
    } catch (KernelException e) {
      return new Outcome.Failed(error(e), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Outcome.Failed(ErrorClass.OTHER, "journal: " + e.getMessage());
    }
  }

  private static ErrorClass error(KernelException e) {
    return switch (e.errno()) {
      case EACCES, EPERM, EROFS -> ErrorClass.ACCESS_DENIED;
      case ENOSPC, EDQUOT -> ErrorClass.NO_SPACE;
      case EBUSY, EEXIST -> ErrorClass.FILE_IN_USE;
      case EXDEV, ESTALE -> ErrorClass.NETWORK_PATH;
      case ELOOP, ENOENT, ENOTDIR, ENOTEMPTY -> ErrorClass.CHANGED;
      case ESRCH,
          EINTR,
          EIO,
          ENXIO,
          EBADF,
          EAGAIN,
          ENOMEM,
          EISDIR,
          EINVAL,
          ENFILE,
          EMFILE,
          ENAMETOOLONG,
          ENOSYS,
          OTHER ->
          ErrorClass.OTHER;
    };
  }
}
