package dev.interdict.server.cli.keys;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.keys.PrivateKeyFile;
import dev.interdict.trust.keys.Signer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that name one private key: a file, or a key in a PKCS#11 token.
///
/// Nothing is opened and nobody is asked before [#open], so that a command can show what is about
/// to be signed first.
public final class KeyOptions {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The private key to sign with: PKCS#12, or PKCS#8 as PEM.")
  private @Nullable Path file;

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description = "Which key, where the file or the token holds several.")
  private @Nullable String alias;

  @Mixin private TokenOptions token = new TokenOptions();
  @Mixin private PassphraseOptions passphrase = new PassphraseOptions();

  /// Whether a key was named at all.
  public boolean given() {
    return file != null || token.given();
  }

  /// Refuses options that do not fit together, before any work is done.
  ///
  /// @throws Failure if they do not
  public void check() {
    passphrase.check();
    token.check();
    if (file != null && token.given()) {
      throw new Failure(Exit.USAGE, "give --key or a token, not both");
    }
    if (alias != null && !given()) {
      throw new Failure(Exit.USAGE, "--alias needs --key or a token");
    }
  }

  /// Opens the key; asks for its passphrase now, if it is under one.
  ///
  /// @throws Failure if none was named, the options do not fit together, or nobody can be asked
  /// @throws IOException if it does not open
  public Signer open(Console console) throws IOException {
    check();
    var secret = passphrase.existing(console);
    if (token.given()) {
      return token.open(secret).signer(alias);
    }
    if (file == null) {
      throw new Failure(
          Exit.USAGE, "name the key to sign with: --key FILE, or a token with --pkcs11");
    }
    return PrivateKeyFile.open(file, alias, secret);
  }
}
