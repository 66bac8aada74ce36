package dev.interdict.agent.guard;

/// A worker process failed. It is started anew in the next cycle; until then nothing it should have
/// seen counts as seen.
public final class WorkerException extends Exception {
  private static final long serialVersionUID = 1;

  public WorkerException(String message, Throwable cause) {
    super(message, cause);
  }

  public WorkerException(String message) {
    super(message);
  }
}
