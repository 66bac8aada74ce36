package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Pointer;
import dev.interdict.agent.platform.handles.Opened;

/// An open handle of a file, folder or link, and how far it was read.
final class NtHandle implements Opened {
  private final Pointer pointer;
  private boolean closed;

  NtHandle(Pointer pointer) {
    this.pointer = pointer;
  }

  static Pointer of(Opened opened) {
    var handle = (NtHandle) opened;
    if (handle.closed) {
      throw new IllegalStateException("a closed handle was used");
    }
    return handle.pointer;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Kernel32.CloseHandle(pointer);
    }
  }
}
