package dev.interdict.server.cli.ceremony;

import dev.interdict.server.cli.publishing.ServerOptions.Opened;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.Succession;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.KeyFile;
import dev.interdict.trust.keys.TufKey;
import java.io.IOException;

/// New keys of the server itself, which wait beside the old ones until they are trusted.
final class Successors {
  private Successors() {}

  /// One that waits already, since another draft may name it, or else a new one.
  static TufKey make(KeyRole role, Opened server, Console console) throws IOException {
    var waiting = Succession.waiting(server.keys(), role);
    if (waiting.isPresent()) {
      return waiting.get().key();
    }
    var folder = Succession.next(server.folder().keys());
    PrivateFile.folder(folder);
    var file = folder.resolve(role.file());
    var signer = Ed25519Signer.generate(console.random());
    KeyFile.write(file, signer);
    return signer.key();
  }
}
