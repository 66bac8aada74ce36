package dev.interdict.server.cli.keys;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.keys.PrivateKeyFile;
import dev.interdict.trust.keys.PublicKeyFile;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict key show`.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the public half of a key, its id and its scheme: of a NAME.pub, of a private key file"
          + " or of a key in a token.",
      "A private key is opened for it, which shows that the copy is good and the passphrase right."
    },
    footer = {
      "",
      "Exit codes: 0 shown, 2 not understood or no passphrase, 4 others may read the file, 5 it"
          + " does not open or is no key."
    })
public final class KeyShowCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "NAME.pub, or a private key: PKCS#12, or PKCS#8 as PEM.")
  private @Nullable Path file;

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description = "Which key, where the file or the token holds several.")
  private @Nullable String alias;

  @Mixin private TokenOptions token = new TokenOptions();
  @Mixin private PassphraseOptions passphrase = new PassphraseOptions();
  @Mixin private Output output = new Output();

  public KeyShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    passphrase.check();
    token.check();
    if ((file == null) != token.given()) {
      throw new Failure(Exit.USAGE, "name a key file, or a token with --pkcs11");
    }
    if (file != null && file.toString().endsWith(".pub")) {
      var half = PublicKeyFile.read(file);
      show(half.key(), half.name());
    } else {
      show(open().key(), null);
    }
    return Exit.OK;
  }

  private Signer open() throws IOException {
    var secret = passphrase.existing(console);
    return file == null
        ? token.open(secret).signer(alias)
        : PrivateKeyFile.open(file, alias, secret);
  }

  private void show(TufKey key, @Nullable String name) {
    if (output.forPrograms()) {
      output.print(PublicHalf.json(key, name).build(), console);
    } else {
      PublicHalf.tell(key, name, console);
    }
  }
}
