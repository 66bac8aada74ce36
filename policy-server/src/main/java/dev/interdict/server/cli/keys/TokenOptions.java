package dev.interdict.server.cli.keys;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.keys.Passphrase;
import dev.interdict.server.keys.Token;
import dev.interdict.server.keys.TokenPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name a PKCS#11 token.
final class TokenOptions {
  @Option(
      names = "--pkcs11",
      paramLabel = "CONFIG",
      description =
          "A key in a PKCS#11 token: the configuration file of Java's SunPKCS11 provider.")
  private @Nullable Path configuration;

  @Option(
      names = "--pkcs11-module",
      paramLabel = "LIB",
      description = "The same without such a file: the token's PKCS#11 library.")
  private @Nullable Path module;

  @Option(
      names = "--pkcs11-slot",
      paramLabel = "ID",
      description = "With --pkcs11-module: the id of the token's slot (default: the first slot).")
  private @Nullable Long slot;

  boolean given() {
    return configuration != null || module != null;
  }

  /// Asks for the PIN and logs in.
  Token open(Passphrase pin) throws IOException {
    var place = place();
    var secret = pin.of(place.toString());
    try {
      return Token.open(place, secret);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /// @throws Failure if the options do not fit together
  void check() {
    if (configuration != null && (module != null || slot != null)) {
      throw new Failure(
          Exit.USAGE, "give --pkcs11, or --pkcs11-module with --pkcs11-slot, not both");
    }
    if (slot != null && module == null) {
      throw new Failure(Exit.USAGE, "--pkcs11-slot needs --pkcs11-module");
    }
  }

  private TokenPlace place() throws IOException {
    check();
    if (configuration != null) {
      return TokenPlace.configured(configuration);
    }
    if (module == null) {
      throw new Failure(Exit.USAGE, "name a token with --pkcs11 or --pkcs11-module");
    }
    return TokenPlace.module(module, slot);
  }
}
