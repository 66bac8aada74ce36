package dev.interdict.server.cli.keys;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.trust.keys.KeyScheme;
import java.nio.file.Path;

/// Where a new key goes, as the name of its file says.
///
/// @param file the file that was named
/// @param name that file's name without its ending
record NewKeyPlace(Path file, Kind kind, String name) {

  /// What holds the private half.
  enum Kind {
    PKCS12(".p12"),
    PEM(".pem"),
    TOKEN(".pub");

    private final String ending;

    Kind(String ending) {
      this.ending = ending;
    }

    KeyScheme usual() {
      return this == TOKEN ? KeyScheme.ECDSA_P256 : KeyScheme.ED25519;
    }

    boolean makes(KeyScheme scheme) {
      return switch (this) {
        case PKCS12 -> true;
        case PEM -> scheme == KeyScheme.ED25519;
        case TOKEN -> scheme != KeyScheme.ED25519;
      };
    }
  }

  static NewKeyPlace of(Path file, boolean inToken) {
    var whole = String.valueOf(file.getFileName());
    for (var kind : Kind.values()) {
      var name = whole.substring(0, Math.max(0, whole.length() - kind.ending.length()));
      if (whole.endsWith(kind.ending) && !name.isEmpty() && inToken == (kind == Kind.TOKEN)) {
        return new NewKeyPlace(file, kind, name);
      }
    }
    throw new Failure(
        Exit.USAGE,
        inToken
            ? "the key stays in the token; name the file for its public half: NAME.pub"
            : "name the file NAME.p12 (under a passphrase) or NAME.pem, not " + file);
  }

  Path publicFile() {
    return file.resolveSibling(name + Kind.TOKEN.ending);
  }
}
