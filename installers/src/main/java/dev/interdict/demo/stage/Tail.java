package dev.interdict.demo.stage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads the lines that another process appends to a file, each once and only when whole. Not
/// thread-safe.
public final class Tail {
  private final Path file;
  private long read;

  public Tail(Path file) {
    this.file = file;
  }

  /// The whole lines since the last call; none while there is no file.
  public List<String> next() throws DemoException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var bytes = new byte[Math.toIntExact(in.length() - read)];
      in.seek(read);
      in.readFully(bytes);
      var end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      read += end;
      return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new DemoException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
