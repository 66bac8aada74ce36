package dev.interdict.agent.platform.macos.kernel;

import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.watch.FolderChanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The kernel's word on folders by a queue of events (kqueue(2), EVFILT_VNODE): it says which open
/// folder was written to, not what came to it. Descriptors are opened for events only, which keeps
/// no volume from being ejected. One thread waits; any may close.
public final class MacFolderChanges implements FolderChanges {
  private static final int O_EVTONLY = 0x8000;
  private static final int MOST = 64;

  /// Wakes whoever waits.
  private static final long BELL = 1;

  private final int queue;
  private final Map<Long, Path> folders = new HashMap<>();
  private final List<MacFd> open = new ArrayList<>();
  private boolean waiting;
  private volatile boolean closed;

  public MacFolderChanges() throws DiskException {
    queue = (int) MacKernel.check("kqueue", LibSystem::kqueue);
    change(KernelEvents.bell(BELL));
  }

  private void change(byte[] event) throws DiskException {
    MacKernel.check("kevent", () -> LibSystem.kevent(queue, event, 1, null, 0, null));
  }

  @Override
  public synchronized void add(Path folder) throws IOException {
    var path = folder.toString().getBytes(StandardCharsets.UTF_8);
    var fd = MacKernel.open(path, O_EVTONLY | MacKernel.O_DIRECTORY);
    open.add(fd);
    var number = MacFd.of(fd);
    change(KernelEvents.folder(number));
    folders.put((long) number, folder);
  }

  @Override
  public Set<Path> await(Duration limit) throws IOException {
    synchronized (this) {
      if (closed) {
        return Set.of();
      }
      waiting = true;
    }
    var events = new byte[MOST * KernelEvents.BYTES];
    var time = KernelEvents.time(limit);
    try {
      var count =
          (int)
              MacKernel.check("kevent", () -> LibSystem.kevent(queue, null, 0, events, MOST, time));
      return changed(events, count);
    } finally {
      end();
    }
  }

  private synchronized Set<Path> changed(byte[] events, int count) {
    var changed = new HashSet<Path>();
    for (var i = 0; i < count; i++) {
      var event = KernelEvents.read(events, i);
      var folder = event.filter() == KernelEvents.VNODE ? folders.get(event.ident()) : null;
      if (folder != null) {
        changed.add(folder);
      }
    }
    return changed;
  }

  private synchronized void end() {
    waiting = false;
    if (closed) {
      release();
    }
  }

  private void release() {
    open.forEach(MacFd::close);
    open.clear();
    LibSystem.close(queue);
  }

  /// Whoever waits closes the queue itself, since its number could be another file's by then.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!waiting) {
      release();
      return;
    }
    try {
      change(KernelEvents.ring(BELL));
    } catch (DiskException e) {
      // It goes with the end of the wait.
    }
  }
}
