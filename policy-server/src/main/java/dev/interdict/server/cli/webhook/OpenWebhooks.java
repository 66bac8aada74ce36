package dev.interdict.server.cli.webhook;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.events.Links;
import dev.interdict.server.main.Parts;
import dev.interdict.server.outbound.Outbound;
import dev.interdict.server.webhooks.KeyFile;
import dev.interdict.server.webhooks.Webhook;
import dev.interdict.server.webhooks.WebhookDesk;
import dev.interdict.server.webhooks.Webhooks;
import java.io.IOException;

/// The webhooks of a server's folder, for one command.
record OpenWebhooks(Parts parts, WebhookDesk desk, KeyFile key) implements AutoCloseable {

  static OpenWebhooks of(ServerFolder folder, Console console) throws IOException {
    var settings = Settings.read(folder);
    var key = new KeyFile(folder.webhooksKey(), console.random());
    var outbound = settings.outbound();
    var sender = Outbound.sender(outbound, new Links(outbound.console()), key);
    var parts = OpenServer.parts(folder, settings.database(), console);
    return new OpenWebhooks(
        parts,
        new WebhookDesk(parts.database(), parts.audit(), sender, console.clock(), console.random()),
        key);
  }

  Webhooks webhooks() {
    return desk.webhooks();
  }

  /// Says at once where the key is missing that opens what is there.
  void needKey() {
    if (!key.exists() && !webhooks().list().isEmpty()) {
      throw new Failure(
          Exit.TRUST,
          "there are webhooks, but not the key that opens them; copy "
              + key.file().getFileName()
              + " from the server where they were made");
    }
  }

  Webhook need(String id) {
    return webhooks()
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
