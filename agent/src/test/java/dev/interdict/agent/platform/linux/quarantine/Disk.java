package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.inventory.FileId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A disk as a power cut finds it: what lay on it at the beginning, and everything that was written
/// since, of which only what was forced is sure to be there.
///
/// The model: a change to a file's content or attributes that no fsync of that file followed is on
/// the disk or not, whatever else is. A change to directories that no fsync of one of them followed
/// likewise, except that those of one directory keep their order, and that a rename is whole, as in
/// the journalling file systems. A new file's name is its directory's, and not forced with the
/// file.
final class Disk {
  private static final int US = dev.interdict.agent.platform.linux.kernel.Kernel.effectiveUid();

  /// One inode. A directory has entries, a file content, a link its target as content.
  private record Node(
      char kind,
      int owner,
      int mode,
      long seconds,
      int nanos,
      byte[] content,
      TreeMap<String, FileId> names) {
    Node copy() {
      return new Node(kind, owner, mode, seconds, nanos, content, new TreeMap<>(names));
    }
  }

  interface Effect {
    void on(State state);
  }

  /// @param forcedBy the inodes of which any one's fsync makes it durable
  /// @param ordered whether it is a change of directories
  private record Change(Set<FileId> forcedBy, boolean ordered, Effect effect) {}

  /// @param change null for an fsync
  /// @param forced null for a change
  private record Event(
      @org.jspecify.annotations.Nullable Change change,
      @org.jspecify.annotations.Nullable FileId forced) {}

  /// What is on the disk at one moment.
  static final class State {
    private final Map<FileId, Node> nodes = new HashMap<>();

    private State copy() {
      var copy = new State();
      nodes.forEach((id, node) -> copy.nodes.put(id, node.copy()));
      return copy;
    }

    void add(FileId directory, String name, FileId id, char kind, int mode, byte[] content) {
      nodes.put(id, new Node(kind, US, mode, 0, 0, content, new TreeMap<>()));
      name(directory, name, id);
    }

    void name(FileId directory, String name, FileId id) {
      var node = nodes.get(directory);
      if (node != null) {
        node.names.put(name, id);
      }
    }

    void unname(FileId directory, String name) {
      var node = nodes.get(directory);
      if (node != null) {
        node.names.remove(name);
      }
    }

    void write(FileId file, long at, byte[] bytes) {
      nodes.computeIfPresent(
          file,
          (_, node) -> {
            var end = (int) at + bytes.length;
            var content = Arrays.copyOf(node.content, Math.max(node.content.length, end));
            System.arraycopy(bytes, 0, content, (int) at, bytes.length);
            return new Node(
                node.kind, node.owner, node.mode, node.seconds, node.nanos, content, node.names);
          });
    }

    void mode(FileId file, int mode) {
      nodes.computeIfPresent(
          file,
          (_, node) ->
              new Node(
                  node.kind, node.owner, mode, node.seconds, node.nanos, node.content, node.names));
    }

    void time(FileId file, long seconds, int nanos) {
      nodes.computeIfPresent(
          file,
          (_, node) ->
              new Node(node.kind, node.owner, node.mode, seconds, nanos, node.content, node.names));
    }

    /// Writes it all down below `top`.
    ///
    /// @return which file each inode became
    Map<FileId, FileId> materialise(FileId root, Path top) throws IOException {
      var became = new HashMap<FileId, FileId>();
      put(root, top, became);
      return became;
    }

    private void put(FileId id, Path at, Map<FileId, FileId> became) throws IOException {
      var node = nodes.get(id);
      if (node == null) {
        throw new IOException("a name without an inode: " + at);
      }
      switch (node.kind) {
        case 'd' -> {
          if (!Files.isDirectory(at)) {
            Files.createDirectory(at);
          }
          for (var entry : node.names.entrySet()) {
            put(entry.getValue(), at.resolve(entry.getKey()), became);
          }
        }
        case 'l' ->
            Files.createSymbolicLink(
                at, Path.of(new String(node.content, StandardCharsets.ISO_8859_1)));
        default -> Files.write(at, node.content);
      }
      if (node.owner != US) {
        Files.setAttribute(at, "unix:uid", node.owner, LinkOption.NOFOLLOW_LINKS);
      }
      if (node.kind != 'l') {
        Files.setAttribute(at, "unix:mode", node.mode);
        Files.setLastModifiedTime(
            at,
            java.nio.file.attribute.FileTime.from(
                java.time.Instant.ofEpochSecond(node.seconds, node.nanos)));
      }
      became.put(id, id(at));
    }
  }

  private final Path top;
  private final State beginning = new State();
  private final List<Event> events = new ArrayList<>();

  /// Everything below `top` is on the disk for sure.
  Disk(Path top) throws IOException {
    this.top = top;
    try (var all = Files.walk(top)) {
      for (var file : all.toList()) {
        photograph(file);
      }
    }
  }

  FileId root() throws IOException {
    return id(top);
  }

  private void photograph(Path file) throws IOException {
    var facts =
        Files.readAttributes(file, "unix:mode,uid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    var mode = (Integer) Objects.requireNonNull(facts.get("mode"));
    var time =
        ((java.nio.file.attribute.FileTime) Objects.requireNonNull(facts.get("lastModifiedTime")))
            .toInstant();
    var link = Files.isSymbolicLink(file);
    var directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    var content = directory ? new byte[0] : link ? target(file) : Files.readAllBytes(file);
    var kind = link ? 'l' : directory ? 'd' : 'f';
    beginning.nodes.put(
        id(file),
        new Node(
            kind,
            (Integer) Objects.requireNonNull(facts.get("uid")),
            mode & 07777,
            time.getEpochSecond(),
            time.getNano(),
            content,
            new TreeMap<>()));
    if (!file.equals(top)) {
      beginning.name(
          id(Objects.requireNonNull(file.getParent())), file.getFileName().toString(), id(file));
    }
  }

  private static byte[] target(Path link) throws IOException {
    return Files.readSymbolicLink(link).toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static FileId id(Path file) throws IOException {
    var facts = Files.readAttributes(file, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
    return new FileId(
        ((Number) Objects.requireNonNull(facts.get("dev"))).longValue(),
        ((Number) Objects.requireNonNull(facts.get("ino"))).longValue());
  }

  /// Names of directories changed.
  void names(Set<FileId> directories, Effect effect) {
    events.add(new Event(new Change(Set.copyOf(directories), true, effect), null));
  }

  /// Content or attributes of a file changed.
  void file(FileId file, Effect effect) {
    events.add(new Event(new Change(Set.of(file), false, effect), null));
  }

  void forced(FileId file) {
    events.add(new Event(null, file));
  }

  /// How many moments there are at which the power can go.
  int moments() {
    return events.size() + 1;
  }

  /// What a cut may leave that comes after so many events: all possibilities where they are few,
  /// else nothing of what was not forced, all of it, each without one or with one only, and some
  /// more at random.
  List<State> after(int moment, Random random) {
    var changes = new ArrayList<Change>();
    var sure = new BitSet();
    for (var event : events.subList(0, moment)) {
      if (event.change != null) {
        changes.add(event.change);
        continue;
      }
      for (var i = 0; i < changes.size(); i++) {
        if (changes.get(i).forcedBy.contains(event.forced)) {
          include(i, changes, sure);
        }
      }
    }
    var sets = new LinkedHashSet<BitSet>();
    var open = new ArrayList<Integer>();
    for (var i = 0; i < changes.size(); i++) {
      if (!sure.get(i)) {
        open.add(i);
      }
    }
    sets.add(sure);
    sets.add(all(changes.size()));
    if (open.size() <= 5) {
      for (var some = 0; some < 1 << open.size(); some++) {
        var set = (BitSet) sure.clone();
        for (var i = 0; i < open.size(); i++) {
          if ((some >> i & 1) != 0) {
            include(open.get(i), changes, set);
          }
        }
        sets.add(set);
      }
    } else {
      for (var one : open) {
        var with = (BitSet) sure.clone();
        include(one, changes, with);
        sets.add(with);
        var without = all(changes.size());
        exclude(one, changes, without, sure);
        sets.add(without);
      }
      for (var i = 0; i < 8; i++) {
        var set = (BitSet) sure.clone();
        open.stream().filter(_ -> random.nextBoolean()).forEach(one -> include(one, changes, set));
        sets.add(set);
      }
    }
    return sets.stream().map(set -> state(changes, set)).toList();
  }

  private static BitSet all(int count) {
    var all = new BitSet();
    all.set(0, count);
    return all;
  }

  /// With what it needs: the earlier changes of the same directories.
  private static void include(int one, List<Change> changes, BitSet set) {
    if (set.get(one)) {
      return;
    }
    set.set(one);
    for (var i = 0; i < one; i++) {
      if (sameDirectory(changes.get(i), changes.get(one))) {
        include(i, changes, set);
      }
    }
  }

  private static void exclude(int one, List<Change> changes, BitSet set, BitSet sure) {
    if (!set.get(one) || sure.get(one)) {
      return;
    }
    set.clear(one);
    for (var i = one + 1; i < changes.size(); i++) {
      if (sameDirectory(changes.get(one), changes.get(i))) {
        exclude(i, changes, set, sure);
      }
    }
  }

  private static boolean sameDirectory(Change one, Change other) {
    return one.ordered && other.ordered && one.forcedBy.stream().anyMatch(other.forcedBy::contains);
  }

  private State state(List<Change> changes, BitSet set) {
    var state = beginning.copy();
    for (var i = 0; i < changes.size(); i++) {
      if (set.get(i)) {
        changes.get(i).effect.on(state);
      }
    }
    return state;
  }
}
