package dev.interdict.server.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a PKCS#11 token is, in the words of the JDK's provider.
public final class TokenPlace {
  private static final int MOST_BYTES = 64 << 10;

  /// A key that is made here is made in the token for good, and never leaves it.
  private static final String NEW_KEYS =
      """

      attributes(generate, CKO_PRIVATE_KEY, *) = {
        CKA_TOKEN = true
        CKA_SENSITIVE = true
        CKA_EXTRACTABLE = false
      }
      """;

  private final String name;
  private final String text;

  private TokenPlace(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /// The token that a configuration file of the provider describes.
  ///
  /// @throws IOException if the file cannot be read
  public static TokenPlace configured(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new UnusableKeyException("PKCS#11 configuration " + file + " is too long to be one");
    }
    return new TokenPlace("the token of " + file, Files.readString(file));
  }

  /// The token in a slot of the library `module`.
  ///
  /// @param slot the slot's id, or null for the first slot
  /// @throws IOException if there is no such library, or its path cannot be written down
  public static TokenPlace module(Path module, @Nullable Long slot) throws IOException {
    var library = module.toRealPath().toString();
    // The provider would expand variables, and end the path at a line's end.
    if (library.contains("$") || library.chars().anyMatch(Character::isISOControl)) {
      throw new UnusableKeyException(
          "the path of the PKCS#11 library " + module + " holds a $ or a control character");
    }
    return new TokenPlace(
        "the token of " + module,
        "name = interdict\nlibrary = "
            + library
            + (slot == null ? "\nslotListIndex = 0\n" : "\nslot = " + slot + "\n"));
  }

  /// The provider's configuration; the two dashes say that it is the text and no file's name.
  String configuration() {
    return "--" + text + NEW_KEYS;
  }

  /// As messages call it.
  @Override
  public String toString() {
    return name;
  }
}
