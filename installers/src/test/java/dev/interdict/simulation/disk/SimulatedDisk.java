package dev.interdict.simulation.disk;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What lies on the disk, and what of it a power cut would leave: the content of a file is safe
/// once it was forced, a name once its folder was. Every change is a point at which the process may
/// be killed or the disk may refuse. For one thread.
public final class SimulatedDisk {
  /// A file's content, or a folder.
  static final class Node {
    final boolean folder;
    byte[] content = {};
    byte[] forced = {};

    Node(boolean folder) {
      this.folder = folder;
    }

    private Node copy() {
      var copy = new Node(folder);
      copy.content = content.clone();
      copy.forced = forced.clone();
      return copy;
    }
  }

  private final TreeMap<String, Node> names = new TreeMap<>();
  private final TreeMap<String, Node> safeNames = new TreeMap<>();
  private final Path root = new DiskPath(new DiskFileSystem(this), Path.of("/"));
  private long killAt = Long.MAX_VALUE;
  private @Nullable String failing;
  private boolean dead;
  private long changes;

  public SimulatedDisk() {
    names.put("/", new Node(true));
    safeNames.put("/", new Node(true));
  }

  /// The folder that holds everything.
  public Path root() {
    return root;
  }

  /// The process is killed at the `nth` change from now on; other parts of it may count as changes
  /// by [#step].
  public void killAfter(long nth) {
    killAt = changes + nth;
  }

  /// Every change fails from now on.
  ///
  /// @param why such as `No space left on device`; null for a disk that works
  public void fail(@Nullable String why) {
    failing = why;
  }

  /// A moment at which the process may be killed.
  public void step() {
    changes++;
    if (dead || changes >= killAt) {
      dead = true;
      throw new Crash();
    }
  }

  /// Whether the process was killed.
  public boolean dead() {
    return dead;
  }

  /// Another process may use the disk.
  public void revive() {
    dead = false;
    killAt = Long.MAX_VALUE;
  }

  /// What was not forced is lost, or not, name by name; a file's end tears anywhere.
  public void cutPower(Random random) {
    var all = new TreeSet<>(names.keySet());
    all.addAll(safeNames.keySet());
    for (var name : all) {
      var now = names.get(name);
      var safe = safeNames.get(name);
      if (now != safe && random.nextBoolean()) {
        put(names, name, safe);
      }
    }
    for (var node : names.values()) {
      var lost = node.content.length - node.forced.length;
      if (lost > 0) {
        node.content = Arrays.copyOf(node.content, node.forced.length + random.nextInt(lost + 1));
      }
      node.forced = node.content;
    }
    safeNames.clear();
    safeNames.putAll(names);
  }

  private static void put(TreeMap<String, Node> names, String name, @Nullable Node node) {
    if (node == null) {
      names.remove(name);
    } else {
      names.put(name, node);
    }
  }

  /// The same content on another disk, all of it safe.
  public SimulatedDisk copy() {
    var copy = new SimulatedDisk();
    copy.restore(this);
    return copy;
  }

  /// Holds what `other` holds, and nothing else.
  public void restore(SimulatedDisk other) {
    names.clear();
    other.names.forEach((name, node) -> names.put(name, node.copy()));
    safeNames.clear();
    safeNames.putAll(names);
  }

  /// How many bytes lie in files.
  public long bytes() {
    return names.values().stream().mapToLong(node -> node.content.length).sum();
  }

  /// How many files there are.
  public long files() {
    return names.values().stream().filter(node -> !node.folder).count();
  }

  // What the file system does.

  @Nullable Node find(String name) {
    return names.get(name);
  }

  Node need(String name) throws NoSuchFileException {
    var node = names.get(name);
    if (node == null) {
      throw new NoSuchFileException(name);
    }
    return node;
  }

  private void change(String name) throws IOException {
    step();
    if (failing != null) {
      throw new FileSystemException(name, null, failing);
    }
  }

  Node create(String name, boolean folder) throws IOException {
    change(name);
    if (names.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    if (!need(parent(name)).folder) {
      throw new NoSuchFileException(name);
    }
    var node = new Node(folder);
    names.put(name, node);
    if (folder) {
      safeNames.put(name, node);
    }
    return node;
  }

  void delete(String name) throws IOException {
    step();
    if (need(name).folder && !children(name).isEmpty()) {
      throw new DirectoryNotEmptyException(name);
    }
    names.remove(name);
  }

  void move(String from, String to, boolean replace) throws IOException {
    change(from);
    var node = need(from);
    if (!replace && names.containsKey(to)) {
      throw new FileAlreadyExistsException(to);
    }
    need(parent(to));
    names.remove(from);
    names.put(to, node);
  }

  /// Appends; where it fails or the process is killed, a part is written all the same.
  void append(String name, Node node, byte[] bytes) throws IOException {
    try {
      change(name);
    } catch (IOException | Crash e) {
      if (!dead || changes == killAt) {
        extend(node, Arrays.copyOf(bytes, bytes.length / 2));
      }
      throw e;
    }
    extend(node, bytes);
  }

  private static void extend(Node node, byte[] bytes) {
    var longer = Arrays.copyOf(node.content, node.content.length + bytes.length);
    System.arraycopy(bytes, 0, longer, node.content.length, bytes.length);
    node.content = longer;
  }

  void force(String name, Node node) throws IOException {
    change(name);
    node.forced = node.content;
    if (node.folder) {
      for (var child : new TreeSet<>(safeNames.keySet())) {
        if (parent(child).equals(name) && !names.containsKey(child)) {
          safeNames.remove(child);
        }
      }
      for (var child : children(name)) {
        safeNames.put(child, need(child));
      }
    }
  }

  void truncate(String name, Node node, int size) throws IOException {
    step();
    if (size < node.content.length) {
      node.content = Arrays.copyOf(node.content, size);
      node.forced = node.content;
    }
  }

  List<String> children(String name) {
    var prefix = name.equals("/") ? "/" : name + "/";
    var children = new ArrayList<String>();
    for (var below : names.tailMap(prefix, false).keySet()) {
      if (!below.startsWith(prefix)) {
        break;
      }
      if (below.indexOf('/', prefix.length()) < 0) {
        children.add(below);
      }
    }
    return children;
  }

  private static String parent(String name) {
    var slash = name.lastIndexOf('/');
    return slash <= 0 ? "/" : name.substring(0, slash);
  }
}
