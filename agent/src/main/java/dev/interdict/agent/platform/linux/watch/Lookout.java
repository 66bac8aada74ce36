package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.Resolution;
import dev.interdict.agent.platform.linux.kernel.Arrivals;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.watch.NameStem;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which directories are watched for which names: of each place the nearest folder above it that is
/// there, and the name in it on the way to the place. Never the home's own parent, nor the root.
///
/// Holds its folders open only until they are watched.
final class Lookout implements AutoCloseable {
  private static final int MOST = 256;
  private static final int FOLDER = Kernel.O_PATH | Kernel.O_DIRECTORY;

  /// One name to look out for.
  record Sought(NameStem name, Watch.Place place) {}

  /// A name in a folder; two lookouts with the same ones look at the same.
  private record Key(FileId folder, Watch.Place place) {}

  private record Folder(Fd fd, FileId id) {}

  private final Map<Key, Sought> sought = new LinkedHashMap<>();
  private final Map<FileId, Fd> folders = new HashMap<>();

  Lookout(LinuxMachine machine, Collection<Watch.Place> places) throws KernelException {
    try {
      for (var place : places) {
        if (sought.size() < MOST) {
          add(machine, place);
        }
      }
    } catch (KernelException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void add(LinuxMachine machine, Watch.Place place) throws KernelException {
    var way = machine.way(place.owner());
    var owner = place.owner();
    var least = owner == null ? 1 : owner.path().depth();
    if (way == null || place.path().depth() <= least) {
      return;
    }
    var path = place.path();
    while (path.depth() > least) {
      var folder = open(way, path.parent());
      if (folder != null) {
        if (folders.putIfAbsent(folder.id(), folder.fd()) != null) {
          folder.fd().close();
        }
        sought.put(new Key(folder.id(), place), new Sought(new NameStem(path.name()), place));
        return;
      }
      path = path.parent();
    }
  }

  private static @Nullable Folder open(Resolution way, dev.interdict.agent.inventory.BytePath path)
      throws KernelException {
    try {
      var fd = way.open(path, FOLDER);
      return new Folder(fd, Kernel.stat(fd).id());
    } catch (KernelException e) {
      if (e.errno() == Errno.EMFILE || e.errno() == Errno.ENFILE) {
        throw e;
      }
      return null;
    }
  }

  /// Whether another one looks at the same.
  boolean same(Lookout other) {
    return sought.keySet().equals(other.sought.keySet());
  }

  boolean empty() {
    return sought.isEmpty();
  }

  /// Watches all folders.
  ///
  /// @return what is looked for, by what arrivals carry
  Map<Object, List<Sought>> watchedBy(Arrivals arrivals) throws KernelException {
    var watched = new HashMap<Object, List<Sought>>();
    for (var folder : folders.entrySet()) {
      var key = arrivals.watch(Objects.requireNonNull(folder.getValue()));
      var names =
          sought.entrySet().stream()
              .filter(one -> one.getKey().folder().equals(folder.getKey()))
              .map(Map.Entry::getValue)
              .toList();
      watched.put(key, names);
    }
    return watched;
  }

  /// Closes the folders; [#same] goes on to work.
  @Override
  public void close() {
    folders.values().forEach(Fd::close);
  }
}
