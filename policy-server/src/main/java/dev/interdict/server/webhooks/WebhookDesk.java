package dev.interdict.server.webhooks;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.store.Secrets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people do with webhooks, whether by a command or over the API. Thread-safe.
public final class WebhookDesk {
  private final Database database;
  private final Audit audit;
  private final Webhooks webhooks;
  private final Sender sender;
  private final InstantSource clock;
  private final SecureRandom random;

  /// @param sender to send tests by; knows the key and which hosts may be inside
  public WebhookDesk(
      Database database, Audit audit, Sender sender, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.audit = audit;
    this.webhooks = new Webhooks(database, audit, clock, random);
    this.sender = sender;
    this.clock = clock;
    this.random = random;
  }

  /// What is there, what became of it, its end.
  public Webhooks webhooks() {
    return webhooks;
  }

  /// Makes one, which is told from now on.
  ///
  /// @param kinds of which it is told; empty for all
  /// @param chatSecret with which a chat service has messages signed, or null
  /// @throws IllegalArgumentException if something of it cannot be
  /// @throws Sealing.BrokenException if there is no key to seal it by
  public Webhooks.Made add(
      String actor,
      String name,
      String url,
      Set<EventKind> kinds,
      Template template,
      Locale language,
      @Nullable String chatSecret)
      throws Sealing.BrokenException {
    return webhooks.add(
        actor, name, url, kinds, template, language, chatSecret, sender.sealing(), sender.named());
  }

  /// Sends it one message of the kind test, now, and writes down who did.
  public Sender.Outcome test(String actor, Webhook webhook) {
    var now = clock.instant();
    var event =
        new Event(
            0,
            "evt_test_" + Secrets.fresh(random),
            now,
            EventKind.TEST,
            actor,
            null,
            null,
            Json.object().build());
    var outcome = sender.send(webhook, event, now);
    database.write(connection ->
        audit.append(
            connection,
            actor,
            "webhook.test",
            webhook.id(),
            Json.object().put("taken", outcome.taken()).build()));
    return outcome;
  }
}
