package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Finds the directories that a pattern means in one home or below the root: components of plain
/// text in which `*` stands for any run of bytes. Links are resolved by reading; what is there and
/// cannot be read becomes a gap, and the rest is still found.
///
/// @param within the home or the root that bounds every look
public record Places(Tree tree, BytePath within, Sightings out) {

  /// The link-free directories that exist, in the order of their names; an empty pattern means
  /// `base` itself.
  public List<BytePath> find(BytePath base, String pattern) {
    var found = List.of(base);
    for (var component : pattern.isEmpty() ? new String[0] : pattern.split("/")) {
      var deeper = new ArrayList<BytePath>();
      for (var directory : found) {
        step(directory, component, deeper);
      }
      found = deeper;
    }
    return found;
  }

  private void step(BytePath directory, String component, List<BytePath> deeper) {
    if (component.indexOf('*') < 0) {
      directory(directory.resolve(component), deeper);
      return;
    }
    for (var entry : list(directory)) {
      var mayBeDirectory = entry.kind() == FileKind.DIRECTORY || entry.kind() == FileKind.LINK;
      if (mayBeDirectory && matches(component, entry.name())) {
        directory(directory.resolve(entry.name()), deeper);
      }
    }
  }

  private void directory(BytePath path, List<BytePath> deeper) {
    try {
      var real = Links.directory(tree, within, path);
      if (real != null && !deeper.contains(real)) {
        deeper.add(real);
      }
    } catch (UnreadableException e) {
      out.gap(e);
    }
  }

  /// The link-free directory that `path` means, if there is one.
  public List<BytePath> at(BytePath path) {
    var found = new ArrayList<BytePath>();
    directory(path, found);
    return found;
  }

  /// The link-free directory of that name in a directory that is link-free itself, if there is one:
  /// the same as [#at] for one look instead of one for each component.
  public List<BytePath> in(BytePath directory, String name) {
    var path = directory.resolve(name);
    try {
      var fact = tree.stat(path);
      if (fact == null) {
        return List.of();
      }
      return switch (fact.kind()) {
        case DIRECTORY -> List.of(path);
        case LINK -> at(path);
        case REGULAR, SPECIAL -> List.of();
      };
    } catch (UnreadableException e) {
      out.gap(e);
      return List.of();
    }
  }

  /// The entries of a directory; none, and a gap, where it cannot be listed.
  public List<Tree.Entry> list(BytePath directory) {
    try {
      return tree.list(directory);
    } catch (UnreadableException e) {
      out.gap(e);
      return List.of();
    }
  }

  /// Whether `name` is what `pattern` means. Linear in the product of both lengths at worst, which
  /// are a constant of ours and a file name.
  public static boolean matches(String pattern, byte[] name) {
    var wanted = pattern.getBytes(StandardCharsets.UTF_8);
    var star = -1;
    var retry = 0;
    var p = 0;
    var n = 0;
    while (n < name.length) {
      if (p < wanted.length && wanted[p] == '*') {
        star = p++;
        retry = n;
      } else if (p < wanted.length && wanted[p] == name[n]) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < wanted.length && wanted[p] == '*') {
      p++;
    }
    return p == wanted.length;
  }
}
