package dev.interdict.trust;

import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [TrustStore] with the names that the conformance suite looks for: `root.json` for the newest
/// root alone, and targets as bare content in a folder of their own.
///
/// @param targets of the contents, under names of our making
record ConformanceStore(Path metadata, Path targets) implements TrustStore {
  static final String ROOT = "root.json";

  private static final String ROOTS = "roots/";
  private static final String TARGETS = "targets/";

  /// No root is given back here, since the client starts from the newest one anyway.
  @Override
  public byte @Nullable [] read(String name, int limit) {
    if (name.startsWith(ROOTS)) {
      return null;
    }
    var bytes = readFile(file(name), limit);
    return bytes == null || !name.startsWith(TARGETS) ? bytes : asProven(bytes);
  }

  @Override
  public void write(String name, byte[] bytes) {
    var file = file(name);
    var content = name.startsWith(TARGETS) ? contentOf(bytes) : bytes;
    // A target that stays the same keeps its time of modification, by which the suite sorts.
    if (!Arrays.equals(readFile(file, content.length), content)) {
      writeFile(file, content);
    }
  }

  @Override
  public void delete(String name) {
    try {
      DurableFile.delete(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + name, e);
    }
  }

  private Path file(String name) {
    var path =
        name.startsWith(ROOTS)
            ? SafeNames.resolve(metadata, ROOT)
            : name.startsWith(TARGETS)
                ? SafeNames.resolve(targets, name.substring(TARGETS.length()))
                : SafeNames.resolve(metadata, name);
    if (path == null) {
      throw new IllegalArgumentException("not a name of the trust store: " + name);
    }
    return path;
  }

  /// Only the content matters to the client that asks; it has verified the roles itself.
  private static byte[] asProven(byte[] content) {
    var link = new ProvenTarget.Link(RoleName.TARGETS, new byte[0]);
    return new ProvenTarget(List.of(link), content).encode();
  }

  private static byte[] contentOf(byte[] proven) {
    var decoded = ProvenTarget.decode(proven, Limits.STANDARD.roles());
    if (decoded == null) {
      throw new IllegalArgumentException("what is to be kept is no target with its proof");
    }
    return decoded.content();
  }

  private static byte @Nullable [] readFile(Path file, int limit) {
    try {
      return DurableFile.read(file, limit);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void writeFile(Path file, byte[] bytes) {
    try {
      DurableFile.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
