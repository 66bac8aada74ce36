package dev.interdict.server.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A file whose first line is a passphrase, as UTF-8.
public final class PassphraseFile {
  private static final int MOST_BYTES = 4 << 10;

  private PassphraseFile() {}

  /// The passphrase, which the caller wipes.
  ///
  /// @throws IOException if the file cannot be read, others may read it, or its first line is empty
  public static char[] read(Path file) throws IOException {
    OwnerOnly.requirePassphrase(file);
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES);
    }
    try {
      var line = line(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
      if (line.length == 0) {
        throw new UnusableKeyException("passphrase file " + file + " has an empty first line");
      }
      return line;
    } catch (CharacterCodingException e) {
      throw new UnusableKeyException("passphrase file " + file + " is not UTF-8");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static char[] line(CharBuffer text) {
    var end = 0;
    while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') {
      end++;
    }
    var line = new char[end];
    text.get(line);
    Arrays.fill(text.array(), '\0');
    return line;
  }
}
