package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.keys.KeyOptions;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict blocklist sign` and `interdict root sign`: show the draft, then ask for the
/// passphrase, then sign the file in its place.
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies a draft, prints what it would change, asks for your key's passphrase and adds your"
          + " signature.",
      "Needs no network and no server."
    })
public final class SignCommand implements Callable<Integer> {
  private final Kind kind;
  private final Console console;

  @Mixin private KeyOptions key = new KeyOptions();
  @Mixin private TrustOptions trust = new TrustOptions();

  @Option(
      names = "--again",
      description =
          "Sign although you have signed a newer version before; only if that one was given up.")
  private boolean again;

  @Parameters(paramLabel = "FILE", description = "The draft; your signature is added to it.")
  private Path file = Path.of("");

  public SignCommand(Kind kind, Console console) {
    this.kind = kind;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    key.check();
    if (!key.given()) {
      throw new Failure(
          Exit.USAGE, "name the key to sign with: --key FILE, or a token with --pkcs11");
    }
    var memory = trust.memory();
    var draft = SigningDraftFile.read(file);
    var inspected = TrustOptions.inspect(draft, kind, memory.trustRoot(), console);
    new DraftView(inspected, console).print();
    var objection = memory.objection(inspected);
    if (objection != null && !again) {
      throw new Failure(
          Exit.REFUSED, "not signed: " + objection + ". If that one was given up, add --again");
    }
    console.blank();
    console.out().flush();
    var signer = key.open(console);
    if (!inspected.asks(signer.key().id())) {
      throw new Failure(
          Exit.TRUST,
          "nothing here asks for key " + signer.key().id() + "; see who may sign above");
    }
    var signed = inspected.signedBy(signer);
    // Remembered first: a signature that is out and forgotten is worse than the reverse.
    trust.save(memory.after(inspected));
    SigningDraftFile.write(file, signed);
    var after = TrustOptions.inspect(signed, kind, memory.trustRoot(), console);
    console.line("Signed with key " + signer.key().id() + ".");
    QuorumView.print(after, console);
    console.line(
        after.complete()
            ? "Complete. Publish it on the server: interdict "
                + (kind == Kind.BLOCKLIST ? "blocklist" : "root")
                + " publish "
                + file.getFileName()
            : "Hand the file on to the next signer.");
    return Exit.OK;
  }
}
