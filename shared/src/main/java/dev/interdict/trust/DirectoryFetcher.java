package dev.interdict.trust;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Repository files out of a folder: a repository on this machine, or what a worker with network
/// access has put there. The folder may be hostile: links are not followed, sizes are bounded.
///
/// @param folder holds the files under the very paths that are asked for
public record DirectoryFetcher(Path folder) implements Fetcher {
  @Override
  public byte @Nullable [] fetch(String path, int limit) throws UnreachableException {
    var file = SafeNames.resolve(folder, path);
    if (file == null) {
      return null;
    }
    try {
      return DurableFile.read(file, limit);
    } catch (IOException e) {
      throw new UnreachableException("cannot read " + path + " in the repository's folder", e);
    }
  }
}
