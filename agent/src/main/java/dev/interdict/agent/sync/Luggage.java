package dev.interdict.agent.sync;

import dev.interdict.trust.TrustStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the worker holds of files, in memory alone: it may write nowhere. Not thread-safe.
final class Luggage implements TrustStore {
  private static final long MOST_BYTES = 32L << 20;

  private final Map<String, byte[]> files = new HashMap<>();
  private long bytes;

  @Override
  public byte @Nullable [] read(String name, int limit) {
    var file = files.get(name);
    return file == null || file.length <= limit ? file : Arrays.copyOf(file, limit + 1);
  }

  @Override
  public void write(String name, byte[] file) {
    delete(name);
    if (bytes + file.length > MOST_BYTES) {
      throw new UncheckedIOException(
          new IOException("more files than the worker may hold: " + MOST_BYTES + " bytes"));
    }
    bytes += file.length;
    files.put(name, file.clone());
  }

  @Override
  public void delete(String name) {
    var former = files.remove(name);
    bytes -= former == null ? 0 : former.length;
  }

  /// All of them by name.
  Map<String, byte[]> all() {
    return new TreeMap<>(files);
  }
}
