package dev.interdict.agent.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Captured binary files, each packed by gzip.
public final class Packed {
  private Packed() {}

  /// @param name below the folder of fixtures, without the packing's suffix
  public static byte[] bytes(String name) {
    try (var in = Packed.class.getResourceAsStream("/fixtures/" + name + ".gz");
        var unpacked = new GZIPInputStream(Objects.requireNonNull(in, name))) {
      return unpacked.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
