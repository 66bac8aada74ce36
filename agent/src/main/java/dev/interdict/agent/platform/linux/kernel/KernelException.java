package dev.interdict.agent.platform.linux.kernel;

import java.io.IOException;

/// The kernel refused a call. Says which call and why, never on which name: names below a home are
/// their user's. Carries no stack trace, since many are expected answers.
public final class KernelException extends IOException {
  private static final long serialVersionUID = 1;

  private final Errno errno;

  KernelException(String call, int number) {
    super(call + ": " + (Errno.of(number) == Errno.OTHER ? "errno " + number : Errno.of(number)));
    errno = Errno.of(number);
  }

  /// A refusal that we found ourselves, in the kernel's terms.
  public KernelException(String call, Errno errno) {
    super(call + ": " + errno);
    this.errno = errno;
  }

  /// The kernel's reason.
  public Errno errno() {
    return errno;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
