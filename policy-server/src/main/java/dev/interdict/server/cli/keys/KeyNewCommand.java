package dev.interdict.server.cli.keys;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.keys.Pkcs12File;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.KeyFile;
import dev.interdict.trust.keys.KeyScheme;
import dev.interdict.trust.keys.PublicKeyFile;
import dev.interdict.trust.keys.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict key new`.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new signing key, and beside it NAME.pub: its public half, to hand over to whoever"
          + " puts it into the root or the targets. Nothing is ever overwritten.",
      "",
      "NAME.p12   PKCS#12 under a passphrase of 12 characters or more: for people",
      "NAME.pem   PKCS#8, Ed25519 only, with --no-passphrase: for a server's own keys",
      "NAME.pub   with a token (--pkcs11 or --pkcs11-module): the key is made in the token and"
          + " never leaves it",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 made, 2 not understood or no passphrase, 4 refused by the file system, 5 the"
          + " token did not open or cannot make it, 6 the file is there already."
    })
public final class KeyNewCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      description = "The file to make: NAME.p12 or NAME.pem; NAME.pub with a token.")
  private Path file = Path.of("");

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "ed25519, ecdsa-sha2-nistp256 or rsassa-pss-sha256 (default: ed25519 in a file,"
              + " ecdsa-sha2-nistp256 in a token).")
  private @Nullable String scheme;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Whose key it is, as lists print it (default: the file's name).")
  private @Nullable String name;

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description = "The key's name within the file or the token (default: the file's name).")
  private @Nullable String alias;

  @Option(
      names = "--no-passphrase",
      description = "Leave a NAME.pem unprotected, for a server that starts by itself.")
  private boolean unprotected;

  @Mixin private TokenOptions token = new TokenOptions();
  @Mixin private PassphraseOptions passphrase = new PassphraseOptions();
  @Mixin private Output output = new Output();

  public KeyNewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    passphrase.check();
    token.check();
    var place = NewKeyPlace.of(file, token.given());
    var wish = wish(place);
    PrivateFile.refuseExisting(file);
    PrivateFile.refuseExisting(place.publicFile());
    var signer =
        switch (place.kind()) {
          case PKCS12 -> pkcs12(wish);
          case PEM -> pem();
          case TOKEN ->
              token
                  .open(passphrase.existing(console))
                  .create(wish.scheme(), wish.alias(), console.random());
        };
    var half = new PublicKeyFile(signer.key(), wish.name());
    half.write(place.publicFile());
    tell(place, half);
    return Exit.OK;
  }

  /// What was asked for, checked before anything is made.
  private record Wish(KeyScheme scheme, String alias, String name) {}

  private Signer pkcs12(Wish wish) throws IOException {
    var secret = passphrase.chosen(console).of(file.toString());
    try {
      var pair = wish.scheme().generate(console.random(), null);
      return Pkcs12File.write(file, pair, wish.alias(), secret, iterations());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + wish.scheme(), e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private int iterations() {
    return console.passphrases().iterations();
  }

  private Signer pem() throws IOException {
    var signer = Ed25519Signer.generate(console.random());
    if (unprotected) {
      KeyFile.write(file, signer);
      return signer;
    }
    var secret = passphrase.chosen(console).of(file.toString());
    try {
      KeyFile.write(file, signer, secret, iterations(), console.random());
      return signer;
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private Wish wish(NewKeyPlace place) {
    var chosen = scheme == null ? place.kind().usual() : scheme(scheme);
    if (unprotected && place.kind() != NewKeyPlace.Kind.PEM) {
      throw new Failure(Exit.USAGE, "--no-passphrase is for NAME.pem alone");
    }
    if (place.kind() == NewKeyPlace.Kind.PEM && alias != null) {
      throw new Failure(Exit.USAGE, "NAME.pem knows no alias; leave --alias out");
    }
    if (!place.kind().makes(chosen)) {
      throw new Failure(
          Exit.USAGE,
          place.kind() == NewKeyPlace.Kind.PEM
              ? "NAME.pem is for ed25519 keys; write NAME.p12 for " + chosen.written()
              : "Java makes no ed25519 keys in tokens; write --scheme ecdsa-sha2-nistp256");
    }
    try {
      return new Wish(
          chosen,
          alias == null ? place.name() : alias,
          PublicKeyFile.name(name == null ? place.name() : name));
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "--name: " + e.getMessage());
    }
  }

  private static KeyScheme scheme(String text) {
    return KeyScheme.named(text)
        .orElseThrow(() ->
            new Failure(
                Exit.USAGE,
                "--scheme is ed25519, ecdsa-sha2-nistp256 or rsassa-pss-sha256, not \""
                    + text
                    + "\""));
  }

  private void tell(NewKeyPlace place, PublicKeyFile half) {
    if (output.forPrograms()) {
      output.print(
          PublicHalf.json(half.key(), half.name())
              .put("file", place.kind() == NewKeyPlace.Kind.TOKEN ? null : file.toString())
              .put("public-file", place.publicFile().toString())
              .build(),
          console);
      return;
    }
    console.field("Private", where(place));
    console.field("Hand over", place.publicFile().toString());
    PublicHalf.tell(half.key(), half.name(), console);
  }

  private String where(NewKeyPlace place) {
    return switch (place.kind()) {
      case PKCS12 -> file + ", under the passphrase; nobody can bring that back";
      case PEM -> file + (unprotected ? ", unprotected" : ", under the passphrase");
      case TOKEN -> "in the token, which it never leaves";
    };
  }
}
