package dev.interdict.agent.platform.portable;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.platform.watch.FolderChanges;
import dev.interdict.agent.platform.watch.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// The thread that hears of changes in the watched folders, keeps what is looked for, and tells the
/// guard once it has been quiet for a moment, since an installation takes its time.
final class Listener implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofDays(1);
  private static final int MOST = 64;
  private static final long STACK = 512 << 10;

  private final WatchedFolders folders;
  private final FolderChanges changes;
  private final Runnable noticed;
  private final Pace pace;
  private final Set<Watch.Place> arrived = new LinkedHashSet<>();
  private volatile boolean closed;

  private Listener(WatchedFolders folders, FolderChanges changes, Pace pace, Runnable noticed) {
    this.folders = folders;
    this.changes = changes;
    this.pace = pace;
    this.noticed = noticed;
  }

  /// Begins to listen.
  ///
  /// @throws IOException if a folder cannot be listened to; `changes` is closed then
  static Listener start(WatchedFolders folders, FolderChanges changes, Pace pace, Runnable noticed)
      throws IOException {
    var listener = new Listener(folders, changes, pace, noticed);
    try {
      for (var folder : folders.folders()) {
        changes.add(folder);
      }
    } catch (IOException e) {
      changes.close();
      throw e;
    }
    Thread.ofPlatform().daemon().name("arrivals").stackSize(STACK).start(listener::hear);
    return listener;
  }

  /// Whether it listens to the same.
  boolean over(WatchedFolders others) {
    return folders.same(others);
  }

  boolean alive() {
    return !closed;
  }

  private void hear() {
    try {
      while (!closed) {
        if (keep(LONG)) {
          settle();
          tell();
        }
      }
    } catch (IOException e) {
      // The next judgement starts another one.
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private boolean keep(Duration limit) throws IOException, InterruptedException {
    var places = folders.arrived(changes.await(limit));
    synchronized (arrived) {
      for (var place : places) {
        if (arrived.size() < MOST) {
          arrived.add(place);
        }
      }
    }
    return !places.isEmpty();
  }

  /// Waits until nothing that is looked for has arrived for a moment, but not for ever.
  private void settle() throws IOException, InterruptedException {
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!closed && keep(QUIET)) {
      if (System.nanoTime() - end >= 0) {
        return;
      }
    }
  }

  private void tell() throws IOException, InterruptedException {
    for (var left = pace.left(); left > 0 && !closed; left = pace.left()) {
      keep(Duration.ofNanos(left));
    }
    if (!closed) {
      pace.told();
      noticed.run();
    }
  }

  /// What arrived since this was last asked.
  Set<Watch.Place> arrived() {
    synchronized (arrived) {
      var all = Set.copyOf(arrived);
      arrived.clear();
      return all;
    }
  }

  @Override
  public void close() {
    closed = true;
    changes.close();
  }
}
