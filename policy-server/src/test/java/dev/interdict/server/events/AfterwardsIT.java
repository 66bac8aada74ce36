package dev.interdict.server.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.server.events.Afterwards.Counts;
import dev.interdict.server.fleet.SimulatedFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AfterwardsIT {
  private static final Instant DATE = Instant.parse("2026-07-09T16:00:00Z");

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Afterwards afterwards;

  @BeforeEach
  void start() {
    fleet = new SimulatedFleet(folder);
    afterwards = new Afterwards(fleet.database);
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private void happens(EventKind kind, String rule, Duration after, Json.Obj detail) {
    fleet.database.write(connection -> {
      Events.add(connection, kind, DATE.plus(after), null, "0".repeat(32), rule, detail);
      return 1;
    });
  }

  @Test
  void what_came_back_and_what_was_blocked_counts_from_the_date_on_for_its_own_rule() {
    assertEquals(new Counts(0, 0), afterwards.of("a", DATE));
    var nothing = Json.object().build();
    var thrice = Json.object().put("times", 3).build();
    happens(EventKind.FINDING_REAPPEARED, "a", Duration.ofSeconds(-1), nothing);
    happens(EventKind.FINDING_REAPPEARED, "a", Duration.ZERO, nothing);
    happens(EventKind.LAUNCH_BLOCKED, "a", Duration.ofHours(1), thrice);
    happens(EventKind.LAUNCH_BLOCKED, "b", Duration.ofHours(1), thrice);
    happens(EventKind.FINDING_OPENED, "a", Duration.ofHours(1), nothing);
    assertEquals(new Counts(1, 3), afterwards.of("a", DATE));
    assertEquals(new Counts(2, 3), afterwards.of("a", DATE.minusSeconds(60)));
    assertEquals(new Counts(0, 3), afterwards.of("b", DATE));
    assertEquals(new Counts(0, 0), afterwards.of("c", DATE));
  }

  @Test
  void what_came_since_the_last_question_is_counted_once() {
    var once = Json.object().put("times", 1).build();
    for (var n = 1; n <= 3; n++) {
      happens(EventKind.LAUNCH_BLOCKED, "a", Duration.ofMinutes(n), once);
      assertEquals(new Counts(0, n), afterwards.of("a", DATE));
      assertEquals(new Counts(0, n), afterwards.of("a", DATE));
    }
    assertEquals(new Counts(0, 3), new Afterwards(fleet.database).of("a", DATE));
  }
}
