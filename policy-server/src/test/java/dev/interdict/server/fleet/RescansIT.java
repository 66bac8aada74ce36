package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.OsFamily;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescansIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Rescans rescans;
  private SimulatedDevice device;
  private DeviceId here;
  private DeviceId elsewhere;

  @BeforeEach
  void start() {
    fleet = new SimulatedFleet(folder);
    rescans = new Rescans(fleet.database, fleet.audit, fleet.clock);
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    here = device.id();
    elsewhere = fleet.enrolled("ws-2", OsFamily.LINUX, "Sales").id();
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private void done(long asked, long waiting, long recent, Set<DeviceId> devices) {
    assertEquals(
        new Rescans.Outcome.Done(asked, waiting, recent), rescans.ask("ada", Scope.WHOLE, devices));
  }

  private String refused(Scope scope, Set<DeviceId> devices) {
    return assertInstanceOf(Rescans.Outcome.Not.class, rescans.ask("ada", scope, devices))
        .why()
        .text();
  }

  private DeviceDetail.@Nullable Rescan rescan(DeviceId device) {
    return Objects.requireNonNull(fleet.compliance.device(device)).rescan();
  }

  private long audited() {
    return fleet.database.read(handle ->
        handle
            .createQuery("select count(*) from audit where action = 'device.rescan'")
            .mapTo(Long.class)
            .one());
  }

  @Test
  void one_that_has_not_told_yet_is_not_asked_again() {
    done(2, 0, 0, Set.of(here, elsewhere));
    fleet.clock.move(Duration.ofMinutes(1));
    done(0, 2, 0, Set.of(here, elsewhere));
    assertEquals(
        new DeviceDetail.Rescan(fleet.clock.instant().minusSeconds(60), "ada", null), rescan(here));
    assertEquals(2, audited());
  }

  @Test
  void what_is_outside_of_the_scope_or_of_the_fleet_is_not_there_and_none_of_the_rest_is_asked() {
    var sales = Scope.of(List.of("Sales"));
    assertTrue(refused(sales, Set.of(here, elsewhere)).contains(here.value()));
    var nobody = new DeviceId("f".repeat(32));
    assertTrue(refused(Scope.WHOLE, Set.of(here, nobody)).contains(nobody.value()));
    fleet.expected.retire("ada", here.value(), "sold");
    assertTrue(refused(Scope.WHOLE, Set.of(here, elsewhere)).contains(here.value()));
    assertNull(rescan(here));
    assertNull(rescan(elsewhere));
    assertEquals(0, audited());
    assertEquals(new Rescans.Outcome.Done(1, 0, 0), rescans.ask("ada", sales, Set.of(elsewhere)));
  }

  @Test
  void no_more_are_asked_at_once_or_within_an_hour_than_the_bounds_say() {
    var many = new HashSet<DeviceId>();
    for (var i = 0; i <= Rescans.MOST; i++) {
      many.add(new DeviceId("%032x".formatted(i)));
    }
    assertTrue(refused(Scope.WHOLE, many).contains("300"));
    fleet.database.write(connection -> {
      for (var i = 1; i < Rescans.MOST_AN_HOUR; i++) {
        Sql.update(
            connection,
            "insert into rescan (device_id, asked_at, asked_by, told_at) values (?,?,'x',1)",
            "%032x".formatted(i),
            fleet.clock.millis());
      }
      return null;
    });
    assertTrue(refused(Scope.WHOLE, Set.of(here, elsewhere)).contains("later"));
    done(1, 0, 0, Set.of(here));
    fleet.clock.move(Duration.ofHours(1));
    done(1, 1, 0, Set.of(here, elsewhere));
  }

  @Test
  void one_that_told_is_not_asked_again_within_the_hour_so_that_the_bound_counts_each_asking() {
    for (var time = 0; time < 20; time++) {
      var first = time == 0 ? 1 : 0;
      done(first, 0, 1 - first, Set.of(here));
      fleet.clock.move(Duration.ofMinutes(2));
      looks(fleet.clock.instant());
    }
    assertEquals(1, audited());
    fleet.clock.move(Duration.ofMinutes(20));
    done(1, 0, 0, Set.of(here));
    assertEquals(2, audited());
  }

  private void looks(Instant at) {
    fleet.send(device, new Coverage(at, true, List.of()));
  }

  @Test
  void a_look_from_before_the_asking_is_no_answer() {
    looks(fleet.clock.instant());
    fleet.clock.move(Duration.ofHours(1));
    var asked = fleet.clock.instant();
    done(1, 0, 0, Set.of(here));
    fleet.clock.move(Duration.ofMinutes(1));
    looks(asked.minus(Duration.ofMinutes(6)));
    assertNull(Objects.requireNonNull(rescan(here)).told());
    done(0, 1, 0, Set.of(here));
    looks(asked.minus(Duration.ofMinutes(5)));
    assertEquals(fleet.clock.instant(), Objects.requireNonNull(rescan(here)).told());
  }
}
