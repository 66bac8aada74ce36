package dev.interdict.agent.sources.rpm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Databases that rpm and Berkeley DB wrote.
final class RpmFixture {
  private RpmFixture() {}

  static byte[] bytes(String name) {
    try (var in = RpmFixture.class.getResourceAsStream("/fixtures/linux/rpm/" + name + ".gz");
        var unpacked = new GZIPInputStream(Objects.requireNonNull(in, name))) {
      return unpacked.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
