package dev.interdict.server.exemptions;

import dev.interdict.offline.CodeKey;
import dev.interdict.server.keys.OwnerOnly;
import dev.interdict.trust.keys.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The private half of the key for one-time codes, `codes.pem` beside the server's other keys: PKCS
/// #8 as PEM, as `openssl genpkey -algorithm x25519` writes it. Who reads it can exempt any device
/// from any rule for a week, and nothing else.
public final class CodeKeyFile {
  private static final String LABEL = "PRIVATE KEY";
  private static final long MOST_BYTES = 16 << 10;

  private CodeKeyFile() {}

  /// Where it lies in a folder of keys.
  public static Path in(Path keys) {
    return keys.resolve("codes.pem");
  }

  /// The key in the folder, or null where there is none.
  ///
  /// @throws IOException if it cannot be read, others may read it, or it is no such key
  public static @Nullable CodeKey read(Path keys) throws IOException {
    var file = in(keys);
    if (!Files.exists(file)) {
      return null;
    }
    OwnerOnly.requireKey(file);
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("key file " + file + " is too long to be a key");
    }
    try {
      return CodeKey.ofPkcs8(Pem.decode(Files.readString(file, StandardCharsets.US_ASCII), LABEL));
    } catch (IllegalArgumentException e) {
      throw new IOException("key file " + file + ": " + e.getMessage(), e);
    }
  }

  /// What stands in the file of that key.
  public static String text(CodeKey key) {
    return Pem.encode(key.key().getEncoded(), LABEL);
  }
}
