package dev.interdict.agent.platform.portable;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.platform.watch.FolderChanges;
import dev.interdict.agent.platform.watch.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The watch of a system that does not say who put something there: what arrived is told, its cause
/// is not known. Has a thread only while there is something to watch. Thread-safe.
public final class FolderWatch implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final Path root;
  private final FolderChanges.Ears ears;
  private final Runnable noticed;
  private final Pace pace = new Pace(System::nanoTime);
  private final List<Arrived> earlier = new ArrayList<>();
  private @Nullable Listener listener;

  /// @param root of the machine
  /// @param noticed to be run once things that arrived have settled; must not wait for anything
  public FolderWatch(Path root, FolderChanges.Ears ears, Runnable noticed) {
    this.root = root;
    this.ears = ears;
    this.noticed = noticed;
  }

  @Override
  public synchronized void over(Set<Place> places, List<Carrier> carriers) {
    var next = new WatchedFolders(root, places);
    if (listener != null && listener.alive() && listener.over(next)) {
      return;
    }
    end();
    if (next.folders().isEmpty()) {
      return;
    }
    try {
      listener = Listener.start(next, ears.open(), pace, noticed);
      // What arrived between the scan and the first word is on the way by now.
      if (!new WatchedFolders(root, places).same(next) && pace.left() <= 0) {
        pace.told();
        noticed.run();
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("re-installation not watched anew");
    }
  }

  private void end() {
    if (listener != null) {
      earlier.addAll(arrived(listener));
      listener.close();
      listener = null;
    }
  }

  private static List<Arrived> arrived(Listener listener) {
    return listener.arrived().stream().map(place -> new Arrived(place, Cause.UNKNOWN)).toList();
  }

  @Override
  public synchronized List<Arrived> arrived() {
    if (listener != null) {
      earlier.addAll(arrived(listener));
    }
    var all = List.copyOf(earlier);
    earlier.clear();
    return all;
  }

  @Override
  public synchronized void close() {
    end();
  }
}
