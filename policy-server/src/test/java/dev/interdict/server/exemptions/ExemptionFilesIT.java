package dev.interdict.server.exemptions;

import static dev.interdict.server.exemptions.Company.MANAGER;
import static dev.interdict.server.exemptions.Company.OTHER;
import static dev.interdict.server.exemptions.Company.SECURITY;
import static dev.interdict.server.exemptions.Company.about;
import static dev.interdict.server.exemptions.Company.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.audit.Verification;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.Resigning;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The signed shards beside the database.
class ExemptionFilesIT {
  @TempDir Path folder;
  private Company company;

  @BeforeEach
  void open() throws Exception {
    company = new Company(folder);
  }

  @AfterEach
  void close() {
    company.close();
  }

  @Test
  void what_a_crash_left_unpublished_is_published_by_the_next_turn() throws Exception {
    var device = company.device("ws-1");
    company.confirmed(device);
    done(company.decisions().grant(SECURITY, about(device), company.seen(device), null, "yes"));
    assertEquals(List.of(), company.believed(device).granted());

    company.upkeep().run();
    assertEquals(1, company.believed(device).granted().size());
    var version = company.version();
    company.upkeep().run();
    assertEquals(version, company.version());

    done(company.decisions().end(MANAGER, about(device), company.seen(device), "moved"));
    company.upkeep().run();
    assertEquals(List.of(), company.believed(device).granted());
    assertEquals(version + 1, company.version());
  }

  @Test
  void a_version_that_a_crash_half_wrote_is_neither_shown_nor_used_again() throws Exception {
    var device = company.device("ws-1");
    company.confirmed(device);
    done(company.decisions().grant(SECURITY, about(device), company.seen(device), null, "yes"));
    var next = company.version() + 1;
    Files.writeString(
        folder.resolve("repository").resolve(next + ".exemptions.json"), "{\"signed\":");
    company.upkeep().run();
    assertEquals(next + 1, company.version());
    assertEquals(1, company.believed(device).granted().size());
  }

  @Test
  void nothing_stands_in_the_shards_that_is_not_in_the_database() throws Exception {
    var device = company.device("ws-1");
    company.granted(device);
    company.fleet.database.write(
        connection -> dev.interdict.server.store.Sql.update(connection, "delete from exemption"));
    company.upkeep().run();
    assertEquals(List.of(), company.believed(device).granted());
  }

  @Test
  void of_two_admins_in_two_processes_one_wins_and_the_other_is_told() throws Exception {
    var device = company.device("ws-1");
    company.confirmed(device);
    var seen = company.seen(device);
    try (var elsewhere = TestingDatabase.open(folder)) {
      var outcomes =
          together(
              () -> company.decisions().grant(SECURITY, about(device), seen, null, "yes"),
              () -> company.decisions(elsewhere).grant(OTHER, about(device), seen, null, "yes"));
      assertEquals(1, outcomes.stream().filter(DecisionOutcome.Done.class::isInstance).count());
      var told = outcomes.stream().filter(DecisionOutcome.NotDone.class::isInstance).findFirst();
      assertTrue(Company.refused(told.orElseThrow()).contains("somebody else decided"));
    }
    assertEquals(1, company.cases.granted().size());
  }

  @Test
  void admins_who_decide_and_publish_at_once_lose_nobodys_decision() throws Exception {
    var devices = new ArrayList<SimulatedDevice>();
    for (var n = 0; n < 12; n++) {
      devices.add(company.device("ws-" + n));
      company.confirmed(devices.get(n));
    }
    try (var elsewhere = TestingDatabase.open(folder)) {
      var outcomes =
          together(
              () -> all(company.fleet.database, devices.subList(0, 6), SECURITY),
              () -> all(elsewhere, devices.subList(6, 12), OTHER));
      assertEquals(List.of(6, 6), outcomes);
    }
    for (var device : devices) {
      assertEquals(1, company.believed(device).granted().size());
    }
    assertInstanceOf(Verification.Intact.class, company.fleet.audit.verify());
  }

  private int all(Database database, List<SimulatedDevice> devices, Decider by) {
    var published = 0;
    for (var device : devices) {
      done(company.decisions(database).grant(by, about(device), company.seen(device), null, "yes"));
      assertNull(company.files(database).publish(by.name()));
      published++;
    }
    return published;
  }

  private static <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
    var start = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var first = threads.submit(() -> begun(start, one));
      var second = threads.submit(() -> begun(start, other));
      return List.of(first.get(), second.get());
    }
  }

  private static <T> T begun(CyclicBarrier start, Callable<T> work) throws Exception {
    start.await();
    return work.call();
  }

  @Test
  void a_server_that_was_set_back_publishes_nothing_before_people_look() throws Exception {
    var device = company.device("ws-1");
    company.confirmed(device);
    var held = new TreeMap<>(java.util.Map.of(RepositoryPlan.EXEMPTIONS.encoded(), 9L));
    var now = company.fleet.clock.instant();
    company.setback.coming(held, now);
    company.fleet.database.write(connection -> {
      company.setback.heard(connection, device.id(), held, now);
      return 0;
    });
    var hindrance = company.files().hindrance();
    assertNotNull(hindrance);
    assertTrue(hindrance.reason().contains("interdict recover"), hindrance.reason());
    done(company.decisions().grant(SECURITY, about(device), company.seen(device), null, "yes"));
    var version = company.version();
    assertInstanceOf(Refused.class, company.files().publish("li.na"));
    assertEquals(version, company.version());
  }

  @Test
  void the_shards_are_signed_again_before_they_expire() throws Exception {
    var device = company.device("ws-1");
    company.granted(device);
    var version = company.version();
    company.fleet.clock.move(Duration.ofDays(4));
    Resigning.unscheduled(company.repository, company.keys, Expiries.STANDARD, company.fleet.clock)
        .run();
    assertEquals(version + 1, company.version());
    assertEquals(1, company.believed(device).granted().size());
  }
}
