package dev.interdict.server.syslog;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the collector one message that tests the settings, whether by a command or over the API.
/// Thread-safe.
public final class SyslogDesk {
  private final Database database;
  private final Audit audit;
  private final @Nullable SyslogReader reader;
  private final InstantSource clock;
  private final SecureRandom random;

  /// @param reader null where syslog is not set up
  public SyslogDesk(
      Database database,
      Audit audit,
      @Nullable SyslogReader reader,
      InstantSource clock,
      SecureRandom random) {
    this.database = database;
    this.audit = audit;
    this.reader = reader;
    this.clock = clock;
    this.random = random;
  }

  /// How it went.
  ///
  /// @param id of the message, by which it is found in the collector
  /// @param error null where the collector closed the connection after the message, which is the
  ///   one sign that there is
  public record Outcome(String id, @Nullable String error) {
    /// Whether the collector took it, as far as anybody can tell.
    public boolean taken() {
      return error == null;
    }
  }

  /// Sends it one message of the kind test, now, and writes down who did.
  ///
  /// @throws IllegalStateException if syslog is not set up
  public Outcome test(String actor) {
    var to = reader;
    if (to == null) {
      throw new IllegalStateException("syslog is not set up: write syslog into server.yaml");
    }
    var event =
        new Event(
            0,
            "evt_test_" + Secrets.fresh(random),
            clock.instant(),
            EventKind.TEST,
            actor,
            null,
            null,
            Json.object().build());
    var outcome = new Outcome(event.id(), error(to, event));
    database.write(connection ->
        audit.append(
            connection,
            actor,
            "syslog.test",
            to.place(),
            Json.object().put("taken", outcome.taken()).build()));
    return outcome;
  }

  private static @Nullable String error(SyslogReader to, Event event) {
    try {
      to.read(List.of(event));
      return null;
    } catch (IOException e) {
      return e.getClass() == IOException.class
          ? e.getMessage()
          : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }
}
