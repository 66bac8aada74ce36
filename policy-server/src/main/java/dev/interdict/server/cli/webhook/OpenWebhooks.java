package dev.interdict.server.cli.webhook;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.main.Parts;
import dev.interdict.server.webhooks.Webhook;
import dev.interdict.server.webhooks.WebhookKey;
import dev.interdict.server.webhooks.Webhooks;
import java.io.IOException;
import java.nio.file.Files;

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

  /// The key, which is made where there is no webhook yet.
  WebhookKey key(Console console) throws IOException {
    var file = folder.webhooksKey();
    if (!Files.exists(file)) {
      if (!webhooks.list().isEmpty()) {
        throw new Failure(
            Exit.TRUST,
            "there are webhooks, but not the key that opens them; copy "
                + file.getFileName()
                + " from the server where they were made");
      }
      PrivateFile.write(file, WebhookKey.fresh(console.random()) + "\n");
    }
    return WebhookKey.read(file, console.random());
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
