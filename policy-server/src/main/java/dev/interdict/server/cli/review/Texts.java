package dev.interdict.server.cli.review;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of a rule file, bounded.
final class Texts {
  private static final int MOST = 256 << 10;

  private Texts() {}

  static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return of(in.readNBytes(MOST + 1), file.toString());
    }
  }

  static String of(byte[] bytes, String name) {
    if (bytes.length > MOST) {
      throw new Failure(Exit.REFUSED, name + " is longer than " + MOST + " bytes; one rule a file");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Failure(Exit.REFUSED, name + " is not UTF-8; save it as UTF-8");
    }
  }
}
