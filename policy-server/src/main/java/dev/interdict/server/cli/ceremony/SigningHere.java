package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.publishing.ServerOptions.Opened;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.publish.Succession;
import dev.interdict.trust.keys.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Where the keys that must sign a change of keys lie on the server itself, as in the beginning,
/// they sign at once.
final class SigningHere {
  private SigningHere() {}

  /// Signs with every key of the server's folder that is asked for, and publishes if that is
  /// enough. Otherwise the draft waits for the others.
  static void run(Inspected draft, Path file, Opened server, Console console) throws IOException {
    var asked = new ArrayList<Signer>();
    for (var signer : Succession.signers(server.keys())) {
      if (draft.asks(signer.key().id())) {
        asked.add(signer);
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    var signed = draft;
    for (var signer : asked) {
      signed = TrustOptions.inspect(signed.signedBy(signer), Kind.TRUST, server.pin(), console);
    }
    SigningDraftFile.write(file, signed.draft());
    console.line("Signed with " + asked.size() + " of this server's own keys.");
    QuorumView.print(signed, console);
    if (signed.complete()) {
      TrustPublication.run(signed, server, console);
      Files.delete(file);
    }
  }
}
