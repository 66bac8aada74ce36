package dev.interdict.agent.platform.portable;

import dev.interdict.agent.platform.watch.FolderChanges;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The JDK's word on folders: on Windows and Linux the system's own. Not for macOS, where the JDK
/// looks at each folder again and again.
public final class SystemFolderChanges implements FolderChanges {
  private final WatchService service;
  private final Map<WatchKey, Path> folders = new ConcurrentHashMap<>();

  public SystemFolderChanges() throws IOException {
    service = FileSystems.getDefault().newWatchService();
  }

  @Override
  public void add(Path folder) throws IOException {
    var kinds =
        new java.nio.file.WatchEvent.Kind<?>[] {
          StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE
        };
    folders.put(folder.register(service, kinds), folder);
  }

  @Override
  public Set<Path> await(Duration limit) throws InterruptedException {
    var changed = new HashSet<Path>();
    try {
      for (var key = service.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
          key != null;
          key = service.poll()) {
        hear(key, changed);
      }
    } catch (ClosedWatchServiceException e) {
      // Whoever waits asks whether it goes on.
    }
    return changed;
  }

  private void hear(@Nullable WatchKey key, Set<Path> changed) {
    var folder = key == null ? null : folders.get(key);
    if (key == null || folder == null) {
      return;
    }
    key.pollEvents();
    changed.add(folder);
    if (!key.reset()) {
      // It is gone: whatever stood in it is to be looked for from further above.
      folders.remove(key);
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      // Nothing is listened to any more either way.
    }
  }
}
