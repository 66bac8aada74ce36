package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.interdict.policy.Stop;
import dev.interdict.report.DeviceId;
import dev.interdict.server.publish.PublishOutcome.Done;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// A server that was set back to an old backup, as it learns from its devices.
class SetbackIT {
  private static final DeviceId DEVICE = new DeviceId("d".repeat(32));
  @TempDir private Path folder;
  private TestingRepository on;
  private Setback setback;

  @BeforeEach
  void open() throws Exception {
    on = new TestingRepository(folder);
    publish("some-tool");
    setback = new Setback(on.publications, on.repository::state);
  }

  @AfterEach
  void close() {
    on.close();
  }

  private PublishOutcome publish(String id) {
    return on.publisher.publish(
        "li.na", List.of(TestingRepository.draft(id, "Some Tool")), TestingRepository.AGREED);
  }

  private void holds(Map<String, Long> versions) {
    setback.coming(new TreeMap<>(versions), on.clock.instant());
    on.database.write(connection -> {
      setback.heard(connection, DEVICE, new TreeMap<>(versions), on.clock.instant());
      return 0;
    });
  }

  private long version(String role) throws RepositoryException {
    var state = on.repository.state();
    return switch (role) {
      case "timestamp" -> state.timestamp().version();
      case "snapshot" -> state.snapshot().version();
      default ->
          state.roles().entrySet().stream()
              .filter(one -> one.getKey().encoded().equals(role))
              .findFirst()
              .orElseThrow()
              .getValue()
              .version();
    };
  }

  private String blocklist() {
    return RepositoryPlan.BLOCKLIST.encoded();
  }

  @Test
  void devices_that_hold_what_is_here_are_no_sign() throws Exception {
    holds(Map.of("serial", 1L, "timestamp", version("timestamp"), "unheard-of", 400L));
    assertEquals(List.of(), setback.claims());
    assertInstanceOf(Done.class, publish("other-tool"));
  }

  @Test
  void nothing_is_published_before_the_admin_has_looked() throws Exception {
    holds(Map.of("serial", 5L, blocklist(), 6L));
    assertEquals(
        List.of(
            new Setback.Claim(blocklist(), version(blocklist()), 6, 1, DEVICE.value()),
            new Setback.Claim("serial", 1, 5, 1, DEVICE.value())),
        setback.claims());
    var refused = assertInstanceOf(Refused.class, publish("other-tool"));
    assertTrue(refused.reason().contains("interdict recover"), refused.reason());
    var resumed = on.publisher.brake().hold("li.na", Set.of(), "go on");
    assertInstanceOf(Refused.class, resumed);
    assertEquals(1, on.believed().serial());
  }

  /// One device can say what it likes, the emergency stop reaches all that do not hold newer files.
  @Test
  void everything_can_be_held_whatever_a_device_says_it_holds() throws Exception {
    var controls = RepositoryPlan.CONTROLS.encoded();
    holds(Map.of("serial", 5L, "root", 7L, controls, 40L, "snapshot", 30L, "timestamp", 99L));
    var stop = new Stop(true, Set.of(), "an emergency");
    assertEquals(
        new PublishOutcome.Held(stop, true), on.publisher.brake().holdAll("li.na", stop.reason()));
    assertEquals(stop, on.believedStop());
    assertTrue(version(controls) > 40);
    assertTrue(version("timestamp") > 99);
  }

  @Test
  void a_device_that_says_what_is_not_true_is_not_believed_for_good() throws Exception {
    holds(Map.of("root", 7L, "serial", 5L));
    assertInstanceOf(Refused.class, on.publisher.recover("li.na"));
    assertTrue(setback.disbelieve("li.na", DEVICE));
    assertFalse(setback.disbelieve("li.na", new DeviceId("1".repeat(32))));
    assertEquals(List.of(), setback.claims());
    holds(Map.of("root", 8L, "serial", 6L));
    assertEquals(List.of(), setback.claims());
    assertInstanceOf(Done.class, publish("other-tool"));
    assertEquals(
        1,
        on.audit.newest(Long.MAX_VALUE, 50).stream()
            .filter(entry -> entry.action().equals("server.disbelieve"))
            .count());
  }

  /// Within the transaction everybody else who writes waits.
  @Test
  void what_is_here_is_read_before_the_transaction_and_not_within_it() throws Exception {
    var writes = new AtomicBoolean();
    var reads = new AtomicInteger();
    var watched =
        new Setback(
            on.publications,
            () -> {
              assertFalse(writes.get(), "read within the transaction");
              reads.incrementAndGet();
              return on.repository.state();
            });
    var versions = new TreeMap<>(Map.of("serial", 5L));
    watched.coming(versions, on.clock.instant());
    assertEquals(1, reads.get());
    on.clock.move(Duration.ofHours(1));
    on.database.write(connection -> {
      writes.set(true);
      watched.heard(connection, DEVICE, versions, on.clock.instant());
      return 0;
    });
    writes.set(false);
    assertEquals(List.of(new Setback.Claim("serial", 1, 5, 1, DEVICE.value())), setback.claims());
  }

  /// While the repository cannot be read, nothing tells what is too much.
  @Test
  void what_is_said_before_the_repository_can_be_read_skips_no_number_without_bound()
      throws Exception {
    var blind =
        new Setback(
            on.publications,
            () -> {
              throw new RepositoryException(RepositoryException.Family.MALFORMED, "not there yet");
            });
    var said = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(Setback.class);
    said.start();
    logger.addAppender(said);
    on.database.write(connection -> {
      var most = new TreeMap<>(Map.of("timestamp", (1L << 53) - 1, "snapshot", (1L << 53) - 1));
      for (var report = 0; report < 5; report++) {
        blind.coming(most, on.clock.instant());
        blind.heard(connection, DEVICE, most, on.clock.instant());
      }
      return 0;
    });
    logger.detachAppender(said);
    assertEquals(1, said.list.size(), () -> "said for each report: " + said.list);
    assertEquals(List.of(), setback.claims());
    Resigning.unscheduled(on.repository, on.keys, Expiries.STANDARD, on.publications, on.clock)
        .run();
    assertTrue(version("timestamp") < 100, "timestamp " + version("timestamp"));
  }

  @Test
  void to_recover_publishes_what_is_here_above_all_that_devices_hold() throws Exception {
    var exemptions = RepositoryPlan.EXEMPTIONS.encoded();
    var held =
        Map.of("serial", 5L, blocklist(), 6L, exemptions, 9L, "snapshot", 30L, "timestamp", 99L);
    holds(held);
    var done = assertInstanceOf(Done.class, on.publisher.recover("li.na")).publication();
    assertEquals(6, done.serial());
    for (var role : List.of(blocklist(), exemptions, "snapshot", "timestamp")) {
      var passed = Objects.requireNonNull(held.get(role));
      assertTrue(version(role) > passed, role + " " + version(role));
    }
    assertEquals(List.of(), setback.claims());
    assertEquals(6, on.believed().serial());
    // What was withdrawn since the backup is in force again: nothing is removed by it unlooked at.
    assertTrue(on.publisher.brake().held().all());
    assertInstanceOf(Done.class, publish("other-tool"));
    assertTrue(
        on.audit.newest(Long.MAX_VALUE, 50).stream()
            .anyMatch(entry -> entry.action().equals("server.pass-over")));
  }

  @Test
  void numbers_that_hold_no_decision_are_skipped_and_no_decision_is_signed_anew() throws Exception {
    var controls = RepositoryPlan.CONTROLS.encoded();
    holds(Map.of("timestamp", 99L, "snapshot", 30L, controls, 8L, "serial", 4L));
    var before = version(controls);
    on.clock.move(Expiries.STANDARD.of(RepositoryPlan.CONTROLS).minusHours(1));
    Resigning.unscheduled(on.repository, on.keys, Expiries.STANDARD, on.publications, on.clock)
        .run();
    assertTrue(version("timestamp") > 99);
    assertTrue(version("snapshot") > 30);
    assertEquals(before, version(controls));
  }

  @Test
  void a_device_that_says_what_nobody_believes_keeps_nobody_from_publishing() throws Exception {
    holds(Map.of("serial", 1L << 50, blocklist(), (1L << 53) - 1));
    assertEquals(List.of(), setback.claims());
    assertInstanceOf(Done.class, publish("other-tool"));
  }
}
