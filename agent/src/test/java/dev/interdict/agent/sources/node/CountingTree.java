package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tree that counts what it is asked.
final class CountingTree implements Tree {
  private final Tree tree;
  private int count;

  CountingTree(Path root) {
    this.tree = new FolderTree(root);
  }

  int count() {
    return count;
  }

  @Override
  public List<Entry> list(BytePath directory) throws UnreadableException {
    count++;
    return tree.list(directory);
  }

  @Override
  public @Nullable FileFact stat(BytePath path) throws UnreadableException {
    count++;
    return tree.stat(path);
  }

  @Override
  public byte @Nullable [] read(BytePath file, int limit) throws UnreadableException {
    count++;
    return tree.read(file, limit);
  }

  @Override
  public byte @Nullable [] range(BytePath file, long offset, int length)
      throws UnreadableException {
    count++;
    return tree.range(file, offset, length);
  }

  @Override
  public byte @Nullable [] readLink(BytePath link) throws UnreadableException {
    count++;
    return tree.readLink(link);
  }

  @Override
  public @Nullable String sha256(BytePath file) throws UnreadableException {
    count++;
    return tree.sha256(file);
  }
}
