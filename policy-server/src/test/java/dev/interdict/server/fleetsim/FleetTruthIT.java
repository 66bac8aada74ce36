package dev.interdict.server.fleetsim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fleet lives through a ban and tells a real server of it over HTTP: what the server says must
/// be what the simulator knows, device by device, at any time.
class FleetTruthIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {20, 31})
  void the_server_says_of_every_device_what_is_so(long seed) throws IOException {
    try (var fleet = new PlayedFleet(folder.resolve("server"), seed, 70, 4)) {
      for (var day = 1; day <= 15; day++) {
        fleet.play(Duration.ofHours(22));
        fleet.lie();
        check(fleet);
      }
      everything_happened(fleet);
    }
  }

  private static void check(PlayedFleet fleet) {
    var now = fleet.now();
    var recount = new EnumMap<Status, Long>(Status.class);
    for (var device : fleet.truth.enrolled()) {
      var expected = fleet.truth.status(device, now);
      recount.merge(expected, 1L, Long::sum);
      var detail = fleet.detail(device);
      var said = status(fleet, detail);
      var having = fleet.truth.having(device, now);
      if (having != null) {
        assertTrue(
            said != Status.CLEAR && said != Status.REMOVED,
            () ->
                "device " + device + " is called " + said + ", but machine " + having + " has it");
      }
      assertEquals(expected, said, () -> "device " + device + " at " + now + ": " + detail);
      assertEquals(fleet.truth.taken(device), fleet.stored(device));
    }
    var overview = fleet.server.server.parts().compliance().overview(PlayedFleet.RULE);
    assertEquals(new Counts(recount), overview.counts());
    assertEquals(fleet.truth.enrolled().size(), overview.counts().total());
  }

  private static Status status(PlayedFleet fleet, DeviceDetail detail) {
    return detail.rules().stream()
        .filter(rule -> rule.rule().equals(PlayedFleet.RULE))
        .map(DeviceDetail.Rule::status)
        .findFirst()
        .orElseGet(() ->
            Status.of(
                false,
                detail.contact().supported(),
                detail.contact().last(),
                null,
                null,
                fleet.now().minus(Duration.ofDays(7)),
                fleet.now()));
  }

  /// A simulation in which nothing goes wrong proves nothing.
  private static void everything_happened(PlayedFleet fleet) {
    assertEquals(Lies.Kind.values().length, fleet.lies.size(), fleet.lies::toString);
    assertTrue(
        fleet.seen.containsAll(
            EnumSet.complementOf(
                EnumSet.of(Status.NOT_ENROLLED, Status.UNEXPECTED, Status.REMOVING))),
        fleet.seen::toString);
  }
}
