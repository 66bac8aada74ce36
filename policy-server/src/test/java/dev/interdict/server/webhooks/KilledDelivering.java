package dev.interdict.server.webhooks;

import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.Links;
import dev.interdict.server.peer.Resolver;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// Delivers in a process of its own, to be killed.
final class KilledDelivering {
  private KilledDelivering() {}

  public static void main(String... arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    var database = TestingDatabase.open(folder);
    var clock = InstantSource.system();
    var random = new SecureRandom();
    var webhooks = new Webhooks(database, new Audit(database, clock), clock, random);
    var sender =
        new Sender(
            new Sealing(folder.resolve("sealing.key"), List::of, random),
            new Links("https://interdict.example"),
            Set.of(arguments[1]),
            Resolver.SYSTEM,
            SSLContext.getDefault(),
            Duration.ofSeconds(10));
    new Delivering(database, webhooks, new Leases(database), sender, clock)
        .start(Duration.ofMillis(20));
    System.out.println("started");
    System.out.flush();
    Thread.currentThread().join();
  }
}
