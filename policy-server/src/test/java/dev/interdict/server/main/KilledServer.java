package dev.interdict.server.main;

import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// A server in a process of its own, to be killed. Prints its device port, then an enrolment
/// secret.
final class KilledServer {
  private KilledServer() {}

  public static void main(String... arguments) throws Exception {
    var config = TestingDatabase.config(Path.of(arguments[0]));
    var parts = Parts.open(config, new SecureRandom(), InstantSource.system());
    var server = Server.start(config, parts, nonce -> nonce, (_, _) -> {});
    var placement =
        new dev.interdict.server.fleet.Placement("R&D", "everyone", java.util.List.of());
    var token = parts.tokens().create("tester", placement, java.time.Duration.ofDays(1), 100);
    System.out.println(server.devicePort());
    System.out.println(token.secret());
    System.out.flush();
  }
}
