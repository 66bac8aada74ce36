package dev.interdict.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A [TrustStore] in memory that can be copied, and made to fail after a number of changes, as a
/// full disk or a cut of power would.
public final class MemoryStore implements TrustStore {
  private final Map<String, byte[]> files = new HashMap<>();
  private int changesLeft = Integer.MAX_VALUE;

  /// A copy that takes so many changes and then fails.
  public MemoryStore failingAfter(int changes) {
    var copy = new MemoryStore();
    copy.files.putAll(files);
    copy.changesLeft = changes;
    return copy;
  }

  /// What a restart finds: the same files, and a disk that works again.
  public MemoryStore restarted() {
    return failingAfter(Integer.MAX_VALUE);
  }

  /// All files, in the order of their names.
  public SortedMap<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  @Override
  public byte @Nullable [] read(String name, int limit) {
    var bytes = files.get(name);
    return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit + 1);
  }

  @Override
  public void write(String name, byte[] bytes) {
    change();
    files.put(name, bytes.clone());
  }

  @Override
  public void delete(String name) {
    change();
    files.remove(name);
  }

  private void change() {
    if (changesLeft-- <= 0) {
      throw new UncheckedIOException(new IOException("the simulated disk is full"));
    }
  }
}
