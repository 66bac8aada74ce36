package dev.interdict.agent.platform.portable;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.TreeBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The [Tree] of one home or of the machine through Java's own file system. Decides what a file is
/// before it opens it, follows no link or junction, reads as far as there are bytes and never
/// believes a size. Of other file systems it refuses those mounted inside a home. Not thread-safe.
final class PortableTree implements Tree {
  private static final int PIECE = 64 << 10;

  private final Path root;
  private final BytePath place;
  private final TreeBudget.Spending spending;

  /// The file system of the home; null where any will do.
  private final @Nullable Long device;

  private final boolean byPath;

  PortableTree(Path root, BytePath place, TreeBudget budget, @Nullable Long device) {
    this(root, place, budget, device, false);
  }

  /// @param root real path of the inspected root
  /// @param place where the tree begins, which its depth is counted from
  /// @param byPath as [OpenFolder#at]
  PortableTree(
      Path root, BytePath place, TreeBudget budget, @Nullable Long device, boolean byPath) {
    this.root = root;
    this.place = place;
    this.spending = new TreeBudget.Spending(budget);
    this.device = device;
    this.byPath = byPath;
  }

  @Override
  public List<Entry> list(BytePath directory) throws UnreadableException {
    var entries =
        at(
            directory,
            () -> {
              try (var folder = open(directory)) {
                return entries(folder, directory);
              }
            });
    return entries == null ? List.of() : entries;
  }

  private List<Entry> entries(OpenFolder folder, BytePath directory)
      throws IOException, UnreadableException {
    var entries = new ArrayList<Entry>();
    for (var child : folder.entries()) {
      spending.entries(directory, 1);
      var name = FileNames.bytes(child);
      if (name.isEmpty()) {
        throw new UnreadableException(Reason.IO, directory, "holds a name that is no text");
      }
      try {
        var kind = FileFacts.kind(folder.attributes(child.getFileName()));
        entries.add(new Entry(name.get(), kind));
      } catch (NoSuchFileException _) {
        // It went away between the two calls.
      }
    }
    entries.sort(Comparator.comparing(Entry::name, Arrays::compareUnsigned));
    return List.copyOf(entries);
  }

  @Override
  public @Nullable FileFact stat(BytePath path) throws UnreadableException {
    return at(path, () -> in(path, (folder, name) -> checked(path, FileFacts.of(folder, name))));
  }

  @Override
  public byte @Nullable [] read(BytePath file, int limit) throws UnreadableException {
    return at(
        file,
        () ->
            regular(
                file,
                channel -> {
                  var out = new ByteArrayOutputStream();
                  pieces(file, channel, limit, piece -> out.write(piece.array(), 0, piece.limit()));
                  return out.toByteArray();
                }));
  }

  @Override
  public byte @Nullable [] range(BytePath file, long offset, int length)
      throws UnreadableException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("no piece of " + length + " bytes at " + offset);
    }
    return at(
        file,
        () ->
            regular(
                file,
                channel -> {
                  var there = Math.max(0, Math.min(length, channel.size() - offset));
                  var piece = ByteBuffer.allocate((int) there);
                  channel.position(offset);
                  while (piece.hasRemaining() && channel.read(piece) > 0) {
                    continue;
                  }
                  spending.bytes(file, piece.position());
                  return Arrays.copyOf(piece.array(), piece.position());
                }));
  }

  @Override
  public byte @Nullable [] readLink(BytePath link) throws UnreadableException {
    return at(
        link,
        () ->
            in(
                link,
                (folder, name) ->
                    folder.attributes(name).isSymbolicLink()
                        ? LinkTargets.below(
                            root, Files.readSymbolicLink(folder.path().resolve(name)))
                        : null));
  }

  @Override
  public @Nullable String sha256(BytePath file) throws UnreadableException {
    return at(
        file,
        () ->
            regular(
                file,
                channel -> {
                  var digest = FileFacts.sha256();
                  pieces(file, channel, Long.MAX_VALUE, digest::update);
                  return HexFormat.of().formatHex(digest.digest());
                }));
  }

  private interface Piece {
    void of(ByteBuffer piece);
  }

  private void pieces(BytePath file, SeekableByteChannel channel, long limit, Piece piece)
      throws IOException, UnreadableException {
    var buffer = ByteBuffer.allocate(PIECE);
    var total = 0L;
    while (channel.read(buffer.clear()) > 0) {
      total += buffer.flip().limit();
      if (total > limit) {
        throw new UnreadableException(Reason.TOO_LARGE, file, "longer than " + limit + " bytes");
      }
      spending.bytes(file, buffer.limit());
      piece.of(buffer);
    }
  }

  private interface Use<T> {
    @Nullable T of(SeekableByteChannel channel) throws IOException, UnreadableException;
  }

  private <T> @Nullable T regular(BytePath file, Use<T> use)
      throws IOException, UnreadableException {
    return in(
        file,
        (folder, name) -> {
          switch (checked(file, FileFacts.of(folder, name)).kind()) {
            case LINK -> throw link(file);
            case DIRECTORY, SPECIAL ->
                throw new UnreadableException(Reason.NOT_A_FILE, file, "not a regular file");
            case REGULAR -> {}
          }
          try (var channel = folder.open(name)) {
            return use.of(channel);
          }
        });
  }

  private interface Look<T> {
    @Nullable T at(OpenFolder folder, Path name) throws IOException, UnreadableException;
  }

  /// Looks at one name in the directory that holds it. The root is its own directory's `.`.
  private <T> @Nullable T in(BytePath path, Look<T> look) throws IOException, UnreadableException {
    if (path.depth() == 0) {
      try (var folder = OpenFolder.at(root, byPath)) {
        return look.at(folder, root.getFileSystem().getPath("."));
      }
    }
    try (var folder = open(path.parent())) {
      return look.at(folder, name(path, path.name()));
    }
  }

  /// Opens a directory, name by name from the root.
  private OpenFolder open(BytePath directory) throws IOException, UnreadableException {
    var folder = OpenFolder.at(root, byPath);
    var at = BytePath.ROOT;
    for (var component : SystemLinks.resolved(root, directory).components()) {
      at = at.resolve(component);
      try (var above = folder) {
        var name = name(at, component);
        var fact = FileFacts.of(above, name);
        switch (fact.kind()) {
          case LINK, SPECIAL -> throw link(directory);
          case REGULAR -> throw new NotDirectoryException(directory.toString());
          case DIRECTORY -> folder = above.enter(name);
        }
        if (at.startsWith(place)) {
          checked(directory, fact);
        }
      } catch (UnreadableException e) {
        folder.close();
        throw e;
      }
    }
    return folder;
  }

  private Path name(BytePath path, byte[] name) throws NoSuchFileException {
    return FileNames.path(root.getFileSystem(), name)
        .orElseThrow(() -> new NoSuchFileException(path.toString()));
  }

  private FileFact checked(BytePath path, FileFact fact) throws UnreadableException {
    if (device != null && fact.id().device() != device) {
      throw new UnreadableException(
          Reason.OTHER_FILE_SYSTEM, path, "another file system is mounted there");
    }
    return fact;
  }

  private static UnreadableException link(BytePath path) {
    return new UnreadableException(Reason.LINK_IN_PATH, path, "a component is a link or junction");
  }

  private interface Call<T> {
    @Nullable T make() throws IOException, UnreadableException;
  }

  /// Makes a call within the budget; null where there is nothing at that path.
  private <T> @Nullable T at(BytePath path, Call<T> call) throws UnreadableException {
    spending.depth(path, path.depth() - place.depth());
    spending.time(path, 0);
    var start = System.nanoTime();
    T result = null;
    try {
      result = call.make();
    } catch (NoSuchFileException | NotDirectoryException _) {
      // There is nothing of that name.
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      throw new UnreadableException(reason(e), path, e.getClass().getSimpleName());
    }
    spending.time(path, System.nanoTime() - start);
    return result;
  }

  /// What macOS keeps from programs without full access to the disk is "not permitted", which Java
  /// has no exception for.
  static Reason reason(Exception e) {
    var why = e instanceof FileSystemException system ? system.getReason() : null;
    var denied = why != null && why.contains("not permitted");
    return e instanceof AccessDeniedException || denied ? Reason.DENIED : Reason.IO;
  }
}
