package dev.interdict.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A [TrustStore] in a folder that belongs to one client alone: `timestamp.json`, `snapshot.json`,
/// `targets.json`, `ROLE.json`, `roots/N.root.json`, `targets/HASH.proven`, as received.
///
/// Not for two writers at once.
public record DirectoryStore(Path folder) implements TrustStore {
  @Override
  public byte @Nullable [] read(String name, int limit) {
    try {
      return DurableFile.read(file(name), limit);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the trust store's " + name, e);
    }
  }

  @Override
  public void write(String name, byte[] bytes) {
    try {
      DurableFile.write(file(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the trust store's " + name, e);
    }
  }

  @Override
  public void delete(String name) {
    try {
      DurableFile.delete(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the trust store's " + name, e);
    }
  }

  private Path file(String name) {
    var file = SafeNames.resolve(folder, name);
    if (file == null) {
      throw new IllegalArgumentException("not a name of the trust store");
    }
    return file;
  }
}
