package dev.interdict.server.cli.webhook;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import dev.interdict.server.webhooks.Webhook;
import dev.interdict.server.webhooks.Webhooks;
import java.io.IOException;

/// The webhooks of a server's folder, for one command.
record OpenWebhooks(ServerFolder folder, Settings settings, Parts parts, Webhooks webhooks)
    implements AutoCloseable {

  static OpenWebhooks of(ServerFolder folder, Console console) throws IOException {
    var settings = Settings.read(folder);
    var parts = OpenServer.parts(folder, settings.database(), console);
    return new OpenWebhooks(
        folder,
        settings,
        parts,
        new Webhooks(parts.database(), parts.audit(), console.clock(), console.random()));
  }

  Webhook need(String id) {
    return webhooks
        .find(id)
        .orElseThrow(() ->
            new Failure(
                Exit.FOUND, "there is no webhook " + id + "; see: interdict-server webhook list"));
  }

  @Override
  public void close() {
    parts.close();
  }
}
