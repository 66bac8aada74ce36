package dev.interdict.agent.platform.macos.kernel;

import dev.interdict.agent.platform.handles.Opened;

/// An open descriptor.
final class MacFd implements Opened {
  private final int number;
  private boolean closed;

  MacFd(int number) {
    this.number = number;
  }

  static int of(Opened opened) {
    var fd = (MacFd) opened;
    if (fd.closed) {
      throw new IllegalStateException("a closed descriptor was used");
    }
    return fd.number;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      LibSystem.close(number);
    }
  }
}
