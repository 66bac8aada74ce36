package dev.interdict.server.cli.review;

import dev.interdict.server.cli.keys.KeyOptions;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.Publisher;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/// The key that a draft is signed with: the server's own, or one that somebody brings.
final class DraftSigning {
  @Mixin private KeyOptions key = new KeyOptions();

  Publisher open(OpenDrafts open, Console console) throws IOException {
    key.check();
    var own = OpenServer.keyring(open.folder(), open.settings(), console);
    var keys = key.given() ? own.with(KeyRole.BLOCKLIST, () -> key.open(console)) : own;
    return OpenServer.publisher(open.folder(), open.settings(), keys, open.parts(), console);
  }
}
