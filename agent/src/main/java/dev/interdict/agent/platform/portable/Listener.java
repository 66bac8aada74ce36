package dev.interdict.agent.platform.portable;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.platform.watch.FolderChanges;
import dev.interdict.agent.platform.watch.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that hears of changes in the watched folders, keeps what is looked for, and tells the
/// guard once it has been quiet for a moment, since an installation takes its time.
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
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
  private boolean lost;

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
      listener.listen();
    } catch (IOException e) {
      changes.close();
      throw e;
    }
    Thread.ofPlatform().daemon().name("listener").stackSize(STACK).start(listener::hear);
    return listener;
  }

  /// One folder that has just gone, or that its owner keeps from us, is no reason to be deaf to the
  /// others.
  private void listen() throws IOException {
    var deaf = new ArrayList<IOException>();
    for (var folder : folders.folders()) {
      try {
        changes.add(folder);
      } catch (IOException e) {
        deaf.add(e);
        LOG.atWarn()
            .addKeyValue("folder", folder)
            .addKeyValue("why", e.getMessage())
            .log("re-installation is not watched there");
      }
    }
    if (deaf.size() == folders.folders().size()) {
      throw deaf.getFirst();
    }
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
        if (lost) {
          // What came there may have gone unheard. The next judgement listens anew.
          close();
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
    var changed = changes.await(limit);
    var places = folders.arrived(changed);
    lost |= folders.lost(changed);
    synchronized (arrived) {
      for (var place : places) {
        if (arrived.size() < MOST) {
          arrived.add(place);
        }
      }
    }
    return !places.isEmpty() || lost;
  }

  /// Waits until nothing that is looked for has arrived for a moment, but not for ever.
  private void settle() throws IOException, InterruptedException {
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!closed && keep(QUIET) && !lost) {
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
      // The judgement that follows finds that nobody listens here any more.
      closed = lost;
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
