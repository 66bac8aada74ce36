package dev.interdict.agent.platform.handles;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A disk in memory with handles, links, hard links, volumes, file numbers and, where asked for,
/// the ways of Windows: no folder moves in which somebody has a file open, and a file that is open
/// to be hashed is neither moved nor removed.
///
/// Before each call somebody else has a turn, so that whatever can happen between two system calls
/// can happen here, from a seed.
public final class FakeDisk implements Disk {
  public static final String SYSTEM = "0";

  /// A file, folder or link. Links to it are counted, names are not its own.
  public static final class Thing {
    public final FileId id;
    public final FileKind kind;
    public String owner;
    public int mode;
    public byte[] content;

    /// Where a link leads, from the root.
    public final String target;

    /// By folded name; the name as it was given is beside it.
    final Map<String, Entry> entries = new TreeMap<>();

    int links;

    /// A program runs from it, or has it open without letting others move what it is in.
    public boolean busy;

    int hashing;

    Thing(FileId id, FileKind kind, String owner, int mode, byte[] content, String target) {
      this.id = id;
      this.kind = kind;
      this.owner = owner;
      this.mode = mode;
      this.content = content;
      this.target = target;
    }

    @Override
    public String toString() {
      return kind + " " + id + " of " + owner;
    }
  }

  record Entry(String name, Thing thing) {}

  private static final class Handle implements Opened {
    final Thing thing;
    final boolean hashing;
    int at;
    boolean closed;

    Handle(Thing thing, boolean hashing) {
      this.thing = thing;
      this.hashing = hashing;
      thing.hashing += hashing ? 1 : 0;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        thing.hashing -= hashing ? 1 : 0;
      }
    }
  }

  public final Thing top;
  private final boolean windows;
  private Runnable somebodyElse = () -> {};
  private boolean inTurn;
  private long next = 100;

  /// Everything that was removed for good.
  public final Set<FileId> removed = new HashSet<>();

  public long calls;
  public @Nullable Trouble failNext;

  public FakeDisk(boolean windows) {
    this.windows = windows;
    this.top = thing(1, FileKind.DIRECTORY, SYSTEM, 0755, new byte[0], "");
  }

  /// Who has a turn before each call.
  public void meanwhile(Runnable turn) {
    somebodyElse = turn;
  }

  private void call(String act) throws DiskException {
    calls++;
    if (!inTurn) {
      inTurn = true;
      try {
        somebodyElse.run();
      } finally {
        inTurn = false;
      }
    }
    if (failNext != null) {
      var trouble = failNext;
      failNext = null;
      throw new DiskException(trouble, act, "asked for");
    }
  }

  private Thing thing(
      long device, FileKind kind, String owner, int mode, byte[] content, String target) {
    return new Thing(new FileId(device, next++), kind, owner, mode, content, target);
  }

  private String key(String name) {
    return windows ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  // What a test, or the user, does by hand.

  /// A new folder of that owner, on the volume of the one it is in.
  public Thing folder(Thing in, String name, String owner) {
    return put(in, name, thing(in.id.device(), FileKind.DIRECTORY, owner, 0755, new byte[0], ""));
  }

  public Thing file(Thing in, String name, String owner, String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return put(in, name, thing(in.id.device(), FileKind.REGULAR, owner, 0644, bytes, ""));
  }

  public Thing link(Thing in, String name, String owner, String target) {
    return put(in, name, thing(in.id.device(), FileKind.LINK, owner, 0777, new byte[0], target));
  }

  /// The root of another volume, as if mounted there.
  public Thing mount(Thing in, String name, String owner, long device) {
    return put(in, name, thing(device, FileKind.DIRECTORY, owner, 0755, new byte[0], ""));
  }

  public Thing put(Thing in, String name, Thing thing) {
    if (in.entries.putIfAbsent(key(name), new Entry(name, thing)) != null) {
      throw new IllegalStateException(name + " is taken");
    }
    thing.links++;
    return thing;
  }

  public @Nullable Thing take(Thing from, String name) {
    var entry = from.entries.remove(key(name));
    if (entry == null) {
      return null;
    }
    entry.thing.links--;
    return entry.thing;
  }

  public @Nullable Thing at(Thing in, String name) {
    var entry = in.entries.get(key(name));
    return entry == null ? null : entry.thing;
  }

  public List<String> names(Thing in) {
    return in.entries.values().stream().map(Entry::name).toList();
  }

  /// What a path leads to, links followed; null where it leads nowhere.
  public @Nullable Thing path(String path) {
    var here = top;
    for (var name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      var next = at(here, name);
      if (next != null && next.kind == FileKind.LINK) {
        next = path(next.target);
      }
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }

  /// The same where there must be something.
  public Thing there(String path) {
    return Objects.requireNonNull(path(path), path);
  }

  /// Everything below, itself included, by number.
  public Map<FileId, Thing> below(Thing thing) {
    var all = new java.util.LinkedHashMap<FileId, Thing>();
    collect(thing, all);
    return all;
  }

  private static void collect(Thing thing, Map<FileId, Thing> all) {
    if (all.put(thing.id, thing) == null) {
      thing.entries.values().forEach(entry -> collect(entry.thing, all));
    }
  }

  /// What a program does that goes by paths: each call follows what links lead to now.
  public @Nullable Thing naiveLook(String path) throws DiskException {
    call("path look");
    var slash = path.lastIndexOf('/');
    var parent = path(path.substring(0, slash));
    return parent == null ? null : at(parent, path.substring(slash + 1));
  }

  public List<String> naiveList(String path) throws DiskException {
    call("path list");
    var folder = path(path);
    return folder == null ? List.of() : names(folder);
  }

  /// Removes, or with a place moves over whatever is there.
  public void naiveMove(String path, @Nullable Thing into, String name) throws DiskException {
    call("path move");
    var slash = path.lastIndexOf('/');
    var parent = path(path.substring(0, slash));
    var thing = parent == null ? null : take(parent, path.substring(slash + 1));
    if (thing != null && into != null) {
      take(into, name);
      put(into, name, thing);
    } else if (thing != null) {
      removed.add(thing.id);
    }
  }

  public void naivePut(String path, Thing thing) throws DiskException {
    call("path put");
    var slash = path.lastIndexOf('/');
    var parent = path(path.substring(0, slash));
    if (parent != null) {
      take(parent, path.substring(slash + 1));
      put(parent, path.substring(slash + 1), thing);
    }
  }

  // The seam.

  private static Thing of(Opened opened) {
    var handle = (Handle) opened;
    if (handle.closed) {
      throw new IllegalStateException("used after it was closed: " + handle.thing);
    }
    return handle.thing;
  }

  private Thing child(Opened folder, byte[] name, String act) throws DiskException {
    var text = text(name);
    if (text.isEmpty() || text.equals(".") || text.equals("..") || text.indexOf('/') >= 0) {
      throw new DiskException(Trouble.UNSUPPORTED, act, "no name");
    }
    var thing = at(of(folder), text);
    if (thing == null) {
      throw new DiskException(Trouble.ABSENT, act, "2");
    }
    return thing;
  }

  @Override
  public Opened root(Path path) {
    return new Handle(top, false);
  }

  @Override
  public Opened ours(Path path) throws DiskException {
    call("ours");
    var here = top;
    for (var name : path) {
      var next = at(here, name.toString());
      here = next == null ? folder(here, name.toString(), SYSTEM) : next;
    }
    here.mode = 0700;
    return new Handle(here, false);
  }

  @Override
  public Opened ours(Opened folder, byte[] name) throws DiskException {
    call("ours");
    var there = at(of(folder), text(name));
    return new Handle(there == null ? folder(of(folder), text(name), SYSTEM) : there, false);
  }

  @Override
  public Opened enter(Opened folder, byte[] name) throws DiskException {
    call("enter");
    var thing = child(folder, name, "enter");
    return switch (thing.kind) {
      case DIRECTORY -> new Handle(thing, false);
      case LINK -> throw new DiskException(Trouble.LINK, "enter", "62");
      case REGULAR, SPECIAL -> throw new DiskException(Trouble.ABSENT, "enter", "20");
    };
  }

  @Override
  public Opened open(Opened folder, byte[] name) throws DiskException {
    call("open");
    var thing = child(folder, name, "open");
    if (thing.kind != FileKind.REGULAR) {
      throw new DiskException(Trouble.LINK, "open", "62");
    }
    return new Handle(thing, windows);
  }

  @Override
  public Node look(Opened opened) throws DiskException {
    call("look");
    return node(of(opened));
  }

  @Override
  public Node look(Opened folder, byte[] name) throws DiskException {
    call("look");
    return node(child(folder, name, "look"));
  }

  private static Node node(Thing thing) {
    return new Node(
        thing.kind, thing.id, thing.owner, thing.mode, thing.links, thing.content.length);
  }

  @Override
  public List<byte[]> list(Opened folder, int most) throws DiskException {
    call("list");
    var names = new ArrayList<byte[]>();
    names(of(folder)).forEach(name -> names.add(name.getBytes(StandardCharsets.UTF_8)));
    return names;
  }

  @Override
  public int read(Opened file, byte[] into) throws DiskException {
    call("read");
    var handle = (Handle) file;
    // In small pieces, so that there is a turn between them.
    var length = Math.min(4, Math.max(0, of(file).content.length - handle.at));
    System.arraycopy(of(file).content, handle.at, into, 0, length);
    handle.at += length;
    return length;
  }

  @Override
  public byte[] target(Opened folder, byte[] name) throws DiskException {
    call("target");
    return child(folder, name, "target").target.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void move(Opened from, byte[] name, Opened to, byte[] newName) throws DiskException {
    call("move");
    var thing = child(from, name, "move");
    if (thing.id.device() != of(to).id.device() || of(from).id.device() != of(to).id.device()) {
      throw new DiskException(Trouble.OTHER_VOLUME, "move", "18");
    }
    if (at(of(to), text(newName)) != null) {
      throw new DiskException(Trouble.OCCUPIED, "move", "17");
    }
    if (windows && blocked(thing)) {
      throw new DiskException(Trouble.IN_USE, "move", "32");
    }
    if (below(thing).containsValue(of(to))) {
      throw new DiskException(Trouble.OTHER, "move", "22");
    }
    take(of(from), text(name));
    put(of(to), text(newName), thing);
  }

  private boolean blocked(Thing thing) {
    return thing.kind == FileKind.DIRECTORY
        ? below(thing).values().stream().anyMatch(one -> one.busy || one.hashing > 0)
        : thing.hashing > 0;
  }

  @Override
  public void remove(Opened folder, byte[] name) throws DiskException {
    call("remove");
    var thing = child(folder, name, "remove");
    if (thing.kind == FileKind.DIRECTORY) {
      throw new DiskException(Trouble.DENIED, "remove", "1");
    }
    if (windows && (thing.hashing > 0 || thing.busy)) {
      throw new DiskException(Trouble.IN_USE, "remove", "32");
    }
    take(of(folder), text(name));
    if (thing.links == 0) {
      removed.add(thing.id);
    }
  }

  @Override
  public void removeFolder(Opened folder, byte[] name) throws DiskException {
    call("remove folder");
    var thing = child(folder, name, "remove folder");
    if (thing.kind != FileKind.DIRECTORY) {
      throw new DiskException(Trouble.ABSENT, "remove folder", "20");
    }
    if (!thing.entries.isEmpty()) {
      throw new DiskException(Trouble.NOT_EMPTY, "remove folder", "66");
    }
    take(of(folder), text(name));
    removed.add(thing.id);
  }

  @Override
  public Opened makeFolder(Opened folder, byte[] name) throws DiskException {
    call("make folder");
    vacant(folder, name);
    var made = folder(of(folder), text(name), SYSTEM);
    made.mode = 0700;
    return new Handle(made, false);
  }

  private void vacant(Opened folder, byte[] name) throws DiskException {
    if (at(of(folder), text(name)) != null) {
      throw new DiskException(Trouble.OCCUPIED, "make", "17");
    }
  }

  @Override
  public Opened makeFile(Opened folder, byte[] name) throws DiskException {
    call("make file");
    vacant(folder, name);
    var made = file(of(folder), text(name), SYSTEM, "");
    made.mode = 0600;
    return new Handle(made, false);
  }

  @Override
  public void makeLink(Opened folder, byte[] name, byte[] target, Node like) throws DiskException {
    call("make link");
    vacant(folder, name);
    link(of(folder), text(name), like.owner(), text(target));
  }

  @Override
  public void write(Opened file, byte[] from, int length) throws DiskException {
    call("write");
    var thing = of(file);
    var more = java.util.Arrays.copyOf(thing.content, thing.content.length + length);
    System.arraycopy(from, 0, more, thing.content.length, length);
    thing.content = more;
  }

  @Override
  public void dress(Opened made, Node like) throws DiskException {
    call("dress");
    of(made).owner = like.owner();
    of(made).mode = like.mode() & 0777;
  }

  @Override
  public void sync(Opened opened) throws DiskException {
    call("sync");
    of(opened);
  }

  @Override
  public long free(Opened folder) throws DiskException {
    call("free");
    return 1L << 40;
  }
}
