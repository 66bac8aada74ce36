package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resolves symbolic links by reading them, so that every access goes to a path that holds no link
/// and lies where its source may read. An absolute target starts at the inspected root.
public final class Links {
  private static final int MAX_HOPS = 16;

  /// Of a path as Linux takes one (PATH_MAX); texts in files can be longer and name nothing.
  private static final int LONGEST = 4096;

  private Links() {}

  /// The link-free path of the directory that `path` means, or null where there is none.
  ///
  /// @throws UnreadableException as [#real]
  static @Nullable BytePath directory(Tree tree, BytePath within, BytePath path)
      throws UnreadableException {
    // In a home no link is followed on the way, so that one look mostly tells.
    if (within.depth() > 0) {
      try {
        var fact = tree.stat(path);
        if (fact == null || fact.kind() != FileKind.LINK) {
          return fact != null && fact.kind() == FileKind.DIRECTORY ? path : null;
        }
      } catch (UnreadableException e) {
        if (e.reason() != UnreadableException.Reason.LINK_IN_PATH) {
          throw e;
        }
      }
    }
    var real = real(tree, within, path);
    var fact = real == null ? null : tree.stat(real);
    return fact != null && fact.kind() == FileKind.DIRECTORY ? real : null;
  }

  /// The link-free path of the file that `path` means, or null where there is none.
  ///
  /// @param within the home or the root; a link may pass above it but must end in it
  /// @throws UnreadableException if a link leads out of `within` or in circles
  public static @Nullable BytePath real(Tree tree, BytePath within, BytePath path)
      throws UnreadableException {
    var pending = new ArrayDeque<>(path.relativeTo(within).components());
    var at = within;
    var hops = 0;
    while (!pending.isEmpty()) {
      var next = step(at, pending.removeFirst());
      if (next == null) {
        return null;
      }
      if (next.equals(at) || within.startsWith(next)) {
        at = next;
        continue;
      }
      if (!next.startsWith(within)) {
        throw outside(path);
      }
      var fact = tree.stat(next);
      if (fact == null) {
        return null;
      }
      if (fact.kind() != FileKind.LINK) {
        at = next;
        continue;
      }
      var target = tree.readLink(next);
      if (target == null || ++hops > MAX_HOPS) {
        throw new UnreadableException(
            UnreadableException.Reason.LINK_IN_PATH, path, "its links lead in circles");
      }
      at = target.length > 0 && target[0] == '/' ? BytePath.ROOT : next.parent();
      prepend(pending, split(target));
    }
    if (!at.startsWith(within)) {
      throw outside(path);
    }
    return at;
  }

  /// Where a link in `directory` with that target leads by its text alone, or null where it names
  /// no file; nothing is looked up.
  public static @Nullable BytePath lexical(BytePath directory, byte[] target) {
    if (target.length > LONGEST) {
      return null;
    }
    var at = target.length > 0 && target[0] == '/' ? BytePath.ROOT : directory;
    for (var component : split(target)) {
      var next = step(at, component);
      if (next == null) {
        return null;
      }
      at = next;
    }
    return at;
  }

  private static @Nullable BytePath step(BytePath at, byte[] component) {
    if (component.length == 0 || Arrays.equals(component, new byte[] {'.'})) {
      return at;
    }
    if (Arrays.equals(component, new byte[] {'.', '.'})) {
      return at.parent();
    }
    try {
      return at.resolve(component);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static List<byte[]> split(byte[] target) {
    var components = new ArrayList<byte[]>();
    var start = 0;
    for (var i = 0; i <= target.length; i++) {
      if (i == target.length || target[i] == '/') {
        components.add(Arrays.copyOfRange(target, start, i));
        start = i + 1;
      }
    }
    return components;
  }

  private static void prepend(Deque<byte[]> pending, List<byte[]> components) {
    for (var component : components.reversed()) {
      pending.addFirst(component);
    }
  }

  private static UnreadableException outside(BytePath path) {
    return new UnreadableException(
        UnreadableException.Reason.LINK_IN_PATH,
        path,
        "it leads out of the place that may be read here");
  }
}
