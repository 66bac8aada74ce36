package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.publishing.ServerOptions.Opened;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.publish.Succession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the keys that must sign a change of keys lie on the server itself, as in the beginning,
/// they sign at once.
final class SigningHere {
  private SigningHere() {}

  /// Signs with every key of the server's folder that is asked for, prints the change, and
  /// publishes it if that is enough. Otherwise the draft waits for the others.
  static void run(Inspected draft, Path file, Opened server, Console console) throws IOException {
    var signed = draft;
    var here = 0;
    for (var signer : Succession.signers(server.keys())) {
      if (draft.asks(signer.key().id())) {
        signed = TrustOptions.inspect(signed.signedBy(signer), Kind.TRUST, server.pin(), console);
        here++;
      }
    }
    new DraftView(signed, console).print();
    console.blank();
    if (here > 0) {
      SigningDraftFile.write(file, signed.draft());
      console.line("Signed here, with " + here + " of this server's own keys.");
    }
    if (signed.complete()) {
      TrustPublication.run(signed, server, console);
      Files.delete(file);
      console.line("Nobody else has to sign, so " + file + " is gone again.");
    } else {
      TrustDraftFile.handOut(file, console);
    }
  }
}
