package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.report.Coverage;
import dev.interdict.report.Footing;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices and servers that are set back to an earlier time, and machines with one key.
class HistoryIT {
  private static final ReportedRule CLEAR =
      new ReportedRule("claude-code", RuleState.CLEAR, null, null, null, List.of(), List.of());

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private SimulatedDevice device;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  /// Reports as an agent does that gets every answer.
  private ReportOutcome send(SimulatedDevice from, Footing.Taken taken) {
    from.remembering(taken, new TreeMap<>());
    fleet.clock.move(Duration.ofMinutes(1));
    return fleet.send(from, new Coverage(fleet.clock.instant(), true, List.of()), CLEAR);
  }

  private Footing.Taken taken(SimulatedDevice from, Footing.Taken before) {
    assertInstanceOf(ReportOutcome.Accepted.class, send(from, before));
    return from.last();
  }

  private DeviceDetail detail() {
    return Objects.requireNonNull(fleet.compliance.device(device.id()));
  }

  private Status status() {
    return detail().rules().getFirst().status();
  }

  private List<DeviceDetail.Turn> turns() {
    return detail().turns();
  }

  @Test
  void a_device_that_was_set_back_is_unknown_until_it_goes_on_and_then_says_so() {
    var image = taken(device, Footing.Taken.NONE);
    var restored = device.cloned();
    var later = taken(device, taken(device, image));
    assertEquals(3, later.sequence());
    assertEquals(Status.CLEAR, status());

    assertEquals(new ReportOutcome.Forked(4), send(restored, image));
    assertEquals(Status.UNKNOWN, status());
    assertNotNull(detail().contact().forkedAt());

    taken(restored.goingOnAt(4), image);
    assertEquals(Status.CLEAR, status());
    assertNull(detail().contact().forkedAt());
    assertNull(detail().contact().clonedAt());
    assertEquals(List.of(new DeviceDetail.Turn(fleet.clock.instant(), "resumed", 4, 1)), turns());
    assertEquals("device.resumed", fleet.audit.newest(Long.MAX_VALUE, 1).getFirst().action());
    // Nothing that was told before is overwritten.
    assertEquals(4, detail().contact().sequence());
    assertEquals(0, detail().contact().lost());
  }

  @Test
  void the_refused_report_again_says_nothing_new_of_a_device_that_has_gone_on() {
    var image = taken(device, Footing.Taken.NONE);
    var restored = device.cloned();
    taken(device, image);
    var refused =
        restored
            .remembering(image, new TreeMap<>())
            .report(new Coverage(fleet.clock.instant(), true, List.of()), fleet.clock.instant());
    var request = restored.signedReport(refused, fleet.clock.instant());
    assertEquals(new ReportOutcome.Forked(3), fleet.intake.accept(request));
    taken(restored.goingOnAt(3), image);
    assertEquals(new ReportOutcome.Forked(4), fleet.intake.accept(request));
    assertEquals(Status.CLEAR, status());
    assertNull(detail().contact().forkedAt());
  }

  @Test
  void two_machines_with_one_key_that_report_in_turn_are_an_alarm_and_never_clear() {
    var image = taken(device, Footing.Taken.NONE);
    var clone = device.cloned();
    var original = taken(device, image);
    assertEquals(new ReportOutcome.Forked(3), send(clone, image));
    var cloned = taken(clone.goingOnAt(3), image);

    assertEquals(new ReportOutcome.Cloned(), send(device, original));
    assertNotNull(detail().contact().clonedAt());
    assertEquals(Status.UNKNOWN, status());
    assertEquals("cloned", turns().getFirst().kind());
    assertEquals("device.cloned", fleet.audit.newest(Long.MAX_VALUE, 1).getFirst().action());

    // Neither passes for the device: the one is refused, the other is not believed to be clear.
    assertEquals(new ReportOutcome.Cloned(), send(device.goingOnAt(40), original));
    taken(clone, cloned);
    assertEquals(Status.UNKNOWN, status());
    assertEquals(1, fleet.compliance.overview("claude-code").counts().of().get(Status.UNKNOWN));

    fleet.clock.move(Doubt.OF_CLONES);
    taken(clone, clone.last());
    assertEquals(Status.CLEAR, status());
  }

  @Test
  void a_device_that_is_set_back_twice_to_the_same_image_goes_on_twice() {
    var image = taken(device, Footing.Taken.NONE);
    var first = device.cloned();
    var second = device.cloned();
    taken(device, image);
    taken(first.goingOnAt(3), image);
    taken(second.goingOnAt(4), image);
    assertNull(detail().contact().clonedAt());
    assertEquals(List.of(4L, 3L), turns().stream().map(DeviceDetail.Turn::sequence).toList());
  }

  @Test
  void a_jump_ahead_does_not_carry_a_clone_past_the_alarm() {
    var image = taken(device, Footing.Taken.NONE);
    var clone = device.cloned();
    var original = taken(device, image);
    taken(clone.goingOnAt(3), image);
    for (var next : List.of(4L, 9L, 500L)) {
      assertEquals(new ReportOutcome.Cloned(), send(device.goingOnAt(next), original));
    }
    assertEquals(3, detail().contact().sequence());
  }

  @Test
  void reports_lost_on_the_way_are_no_turn_of_the_history() {
    var first = taken(device, Footing.Taken.NONE);
    taken(device.goingOnAt(8), first);
    assertEquals(6, detail().contact().lost());
    assertEquals(List.of(), turns());
  }

  @Test
  void a_device_that_is_ahead_of_its_server_goes_on_and_the_server_notes_it() {
    var first = taken(device, Footing.Taken.NONE);
    var forgotten = new Footing.Taken(20, first.hash());
    taken(device.goingOnAt(21), forgotten);
    assertEquals(List.of(new DeviceDetail.Turn(fleet.clock.instant(), "ahead", 21, 20)), turns());
    assertEquals(19, detail().contact().lost());
    assertEquals(Status.CLEAR, status());
  }
}
