package dev.interdict.agent.sources.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// A real program of which only the pieces are kept that say what it is; all else is zero.
final class SparseProgram {
  private SparseProgram() {}

  /// The program of that listing: lines of an offset and the bytes there, both in hex.
  static byte[] captured(String name) {
    try (var in = SparseProgram.class.getResourceAsStream("/fixtures/go/" + name + ".txt")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      var program = new byte[0];
      for (var line : text.lines().toList()) {
        var space = line.indexOf(' ');
        var offset = Integer.parseInt(line, 0, space, 16);
        var bytes = HexFormat.of().parseHex(line, space + 1, line.length());
        program = Arrays.copyOf(program, Math.max(program.length, offset + bytes.length));
        System.arraycopy(bytes, 0, program, offset, bytes.length);
      }
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
