package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Collection;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.publish.PublishOutcome.Done;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.PublishOutcome.Unchanged;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherIT {
  @TempDir Path folder;
  private TestingRepository on;

  @BeforeEach
  void open() throws Exception {
    on = new TestingRepository(folder);
  }

  @AfterEach
  void close() {
    on.close();
  }

  @Test
  void what_is_published_is_what_a_device_believes() throws Exception {
    var done = assertInstanceOf(Done.class, publish("some-tool", "Some Tool")).publication();
    assertEquals(1, done.serial());
    assertEquals("added some-tool", done.summary());
    assertNotNull(done.shownAt());
    var believed = on.believed();
    assertEquals(1, believed.serial());
    assertEquals("IT of Example", believed.issuer());
    assertEquals(
        List.of(TestingRepository.draft("some-tool", "Some Tool").rule()), believed.rules());
    assertEquals(List.of(), believed.unreadable());
  }

  @Test
  void a_second_file_leaves_the_first_rule_where_it_is() throws Exception {
    publish("some-tool", "Some Tool");
    var done = assertInstanceOf(Done.class, publish("other-tool", "Other Tool")).publication();
    assertEquals("added other-tool", done.summary());
    assertEquals(List.of("other-tool", "some-tool"), ids());
    assertInstanceOf(Done.class, publish("some-tool", "Some Tool, renamed"));
    assertEquals(3, on.believed().serial());
    assertEquals("changed some-tool", on.publications.list().getFirst().summary());
  }

  @Test
  void the_same_again_is_no_new_serial() throws Exception {
    publish("some-tool", "Some Tool");
    assertEquals(new Unchanged(1), publish("some-tool", "Some Tool"));
    assertEquals(1, on.believed().serial());
  }

  @Test
  void withdrawing_and_rolling_back_are_new_serials() throws Exception {
    publish("some-tool", "Some Tool");
    assertInstanceOf(Done.class, on.publisher.withdraw("anna", new RuleId("some-tool")));
    assertEquals(2, on.believed().serial());
    assertEquals(List.of(), ids());
    assertInstanceOf(Done.class, on.publisher.republish("anna", 1, TestingRepository.AGREED));
    assertEquals(3, on.believed().serial());
    assertEquals(List.of("some-tool"), ids());
    var missing =
        assertInstanceOf(Refused.class, on.publisher.withdraw("anna", new RuleId("no-such")));
    assertEquals(
        new Refused(Reason.CONTENT, "rule no-such is not published; published are: some-tool"),
        missing);
    assertEquals(
        new Refused(Reason.CONTENT, "there is no serial 9"),
        on.publisher.republish("anna", 9, TestingRepository.AGREED));
  }

  @Test
  void what_devices_may_tell_is_set_and_stays_through_every_later_list() throws Exception {
    publish("some-tool", "Some Tool");
    var places = new Collection(Collection.Level.PLACES, false, "Works council", null);
    var done =
        assertInstanceOf(Done.class, on.publisher.ceiling("anna", places, TestingRepository.AGREED))
            .publication();
    assertEquals("devices may tell: places, no host names", done.summary());
    assertEquals(places, on.believed().collection());
    assertEquals(List.of("some-tool"), ids());
    assertEquals(new Unchanged(2), on.publisher.ceiling("anna", places, TestingRepository.AGREED));
    publish("other-tool", "Other Tool");
    assertEquals(places, on.believed().collection());
    // Going back to the bans of before the decision does not take it back.
    assertInstanceOf(Done.class, on.publisher.republish("anna", 1, TestingRepository.AGREED));
    assertEquals(places, on.believed().collection());
    on.publisher.withdraw("anna", new RuleId("some-tool"));
    assertEquals(places, on.believed().collection());
    var gone =
        assertInstanceOf(Done.class, on.publisher.ceiling("anna", null, TestingRepository.AGREED))
            .publication();
    assertEquals("devices may tell: default", gone.summary());
    assertEquals(Collection.DEFAULT, on.believed().collection());
  }

  @Test
  void who_did_what_is_in_the_audit_log() {
    publish("some-tool", "Some Tool");
    var entries = on.audit.newest(Long.MAX_VALUE, 10).reversed();
    assertEquals(
        List.of("blocklist.sign", "blocklist.publish"),
        entries.stream().map(AuditEntry::action).toList());
    assertEquals("anna", entries.getFirst().actor());
    assertEquals("serial 1", entries.getFirst().object());
  }

  @Test
  void without_the_blocklist_key_nothing_is_begun() throws Exception {
    Files.delete(folder.resolve("keys/blocklist.pem"));
    var publisher =
        new Publisher(on.repository, Keyring.open(folder.resolve("keys")), on.publications, "IT");
    var refused =
        assertInstanceOf(
            Refused.class,
            publisher.publish(
                "anna",
                List.of(TestingRepository.draft("some-tool", "Some")),
                TestingRepository.AGREED));
    assertEquals(Reason.TRUST, refused.kind());
    assertTrue(refused.reason().contains("blocklist.pem"), refused::reason);
    assertEquals(List.of(), on.publications.list());
  }

  @Test
  void a_key_that_is_not_the_roles_own_publishes_nothing_and_its_serial_stays_used()
      throws Exception {
    publish("some-tool", "Some Tool");
    var other = Files.createDirectory(folder.resolve("other"));
    var keys = Keyring.create(other.resolve("keys"), new SecureRandom());
    var thief = new Publisher(on.repository, keys, on.publications, "Somebody else");
    var refused =
        assertInstanceOf(
            Refused.class,
            thief.publish(
                "eve",
                List.of(TestingRepository.draft("other-tool", "Other")),
                TestingRepository.AGREED));
    assertEquals(Reason.TRUST, refused.kind());
    assertEquals(1, on.believed().serial());
    assertEquals(
        "blocklist.publish-refused", on.audit.newest(Long.MAX_VALUE, 1).getFirst().action());
    assertInstanceOf(Done.class, publish("other-tool", "Other Tool"));
    assertEquals(3, on.believed().serial());
  }

  @Test
  void an_interruption_after_the_list_became_visible_is_healed() throws Exception {
    publish("some-tool", "Some Tool");
    on.database.write(connection ->
        dev.interdict.server.store.Sql.update(
            connection, "update publication set shown_at = null"));
    assertInstanceOf(Done.class, publish("other-tool", "Other Tool"));
    assertEquals(List.of("other-tool", "some-tool"), ids());
  }

  @Test
  void a_list_that_this_database_never_published_is_not_built_upon() throws Exception {
    on.repository.publish(
        RepositoryPlan.BLOCKLIST,
        Blocklist.PATH,
        "{\"format\":1,\"serial\":7,\"issuer\":\"x\",\"rules\":[]}"
            .getBytes(StandardCharsets.UTF_8),
        List.of(on.keys.need(KeyRole.BLOCKLIST)));
    var refused = assertInstanceOf(Refused.class, publish("some-tool", "Some Tool"));
    assertEquals(Reason.CONFLICT, refused.kind());
    assertEquals(7, on.believed().serial());
  }

  @Test
  void of_many_that_publish_at_once_none_takes_anothers_change_back() throws Exception {
    var done = new ConcurrentLinkedQueue<String>();
    var refused = new ConcurrentLinkedQueue<Refused>();
    try (var admins = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var admin = 0; admin < 6; admin++) {
        var id = "tool-" + admin;
        // A publisher and a database connection of its own each, as commands have.
        admins.submit(() -> {
          try (var database = TestingDatabase.open(folder)) {
            var audit = new Audit(database, on.clock);
            var publisher =
                new Publisher(
                    on.repository, on.keys, new Publications(database, audit, on.clock), "IT");
            switch (publisher.publish(
                "anna", List.of(TestingRepository.draft(id, "Tool")), TestingRepository.AGREED)) {
              case Done _ -> done.add(id);
              case Refused no -> refused.add(no);
              case Unchanged _, PublishOutcome.Held _ -> throw new AssertionError(id);
            }
          }
          return null;
        });
      }
    }
    assertEquals(6, done.size() + refused.size());
    assertEquals(done.stream().sorted().toList(), ids());
    for (var no : refused) {
      assertEquals(Reason.CONFLICT, no.kind(), no::reason);
    }
  }

  @Test
  void a_hold_reaches_devices_and_is_let_go() throws Exception {
    publish("some-tool", "Some Tool");
    var stop = new Stop(false, Set.of(new RuleId("some-tool")), "Removes the wrong thing.");
    var brake = on.publisher.brake();
    assertEquals(
        new PublishOutcome.Held(stop, false), brake.hold("anna", stop.rules(), stop.reason()));
    assertEquals(stop, on.believedStop());
    var none = new Stop(false, Set.of(), "Nothing is held.");
    assertInstanceOf(Refused.class, brake.change("anna", _ -> none, Consent.NOBODY));
    assertEquals(stop, on.believedStop());
    brake.change("anna", _ -> none, TestingRepository.AGREED);
    assertEquals(none, on.believedStop());
    var slip = new Stop(false, Set.of(new RuleId("some-toll")), "Removes the wrong thing.");
    assertEquals(
        new Refused(Reason.CONTENT, "rule some-toll is not published; published are: some-tool"),
        brake.hold("anna", slip.rules(), slip.reason()));
    var wordless = brake.holdAll("anna", "");
    assertInstanceOf(Refused.class, wordless);
    assertEquals(none, on.believedStop());
  }

  @Test
  void of_people_who_hold_different_rules_at_once_nobody_loses_a_hold() throws Exception {
    var rules = List.of("one", "two", "three", "four", "five", "six");
    for (var rule : rules) {
      publish(rule, rule);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var rule : rules) {
        // Each with parts of its own, as a server or a command has them.
        var other = new Publisher(on.repository, on.keys, on.publications, "IT of Example");
        var id = Set.of(new RuleId(rule));
        threads.submit(() ->
            assertInstanceOf(PublishOutcome.Held.class, other.brake().hold("anna", id, "wrong")));
      }
    }
    assertEquals(
        rules.stream().map(RuleId::new).collect(Collectors.toSet()), on.believedStop().rules());
  }

  @Test
  void a_hold_that_another_took_the_place_of_meanwhile_is_made_anew() throws Exception {
    publish("some-tool", "Some Tool");
    publish("other-tool", "Other Tool");
    var some = new RuleId("some-tool");
    var other = new RuleId("other-tool");
    var turn = new AtomicInteger();
    on.publisher
        .brake()
        .change(
            "anna",
            now -> {
              if (turn.getAndIncrement() == 0) {
                new Publisher(on.repository, on.keys, on.publications, "IT of Example")
                    .brake()
                    .hold("bo", Set.of(other), "faster");
              }
              var held = new HashSet<>(now.rules());
              held.add(some);
              return new Stop(false, held, "slower");
            },
            Consent.NOBODY);
    assertEquals(2, turn.get());
    assertEquals(Set.of(some, other), on.believedStop().rules());
  }

  @Test
  void lint_learns_which_dates_are_published() throws Exception {
    assertEquals(Map.of(), on.publisher.effective());
    publish("some-tool", "Some Tool");
    assertEquals(
        Map.of(new RuleId("some-tool"), Instant.parse("2026-07-10T02:00:00Z")),
        on.publisher.effective());
  }

  @Test
  void resigning_keeps_the_repository_believable_for_months() throws Exception {
    publish("some-tool", "Some Tool");
    on.publisher.brake().hold("anna", Set.of(), "Nothing is held.");
    var resigning = Resigning.unscheduled(on.repository, on.keys, Expiries.STANDARD, on.clock);
    for (var turn = 0; turn < 80; turn++) {
      on.clock.move(Duration.ofHours(23));
      resigning.run();
      assertEquals(on.clock.instant(), resigning.lastSuccess());
      if (turn % 25 == 0) {
        assertEquals(1, on.believed().serial());
        assertEquals("Nothing is held.", on.believedStop().reason());
      }
    }
  }

  @Test
  void resigning_without_peoples_keys_keeps_what_it_can_fresh() throws Exception {
    publish("some-tool", "Some Tool");
    for (var role : KeyRole.values()) {
      if (role.belongsOffline()) {
        Files.delete(folder.resolve("keys").resolve(role.file()));
      }
    }
    var resigning =
        Resigning.unscheduled(
            on.repository, Keyring.open(folder.resolve("keys")), Expiries.STANDARD, on.clock);
    for (var day = 0; day < 28; day++) {
      on.clock.move(Duration.ofHours(23));
      resigning.run();
    }
    assertEquals(1, on.believed().serial());
  }

  @Test
  void a_key_that_renews_nothing_does_not_keep_the_timestamp_from_being_signed() throws Exception {
    publish("some-tool", "Some Tool");
    Keyring.create(folder.resolve("others"), new SecureRandom());
    Files.copy(
        folder.resolve("others/blocklist.pem"),
        folder.resolve("keys/blocklist.pem"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    var resigning =
        Resigning.unscheduled(
            on.repository, Keyring.open(folder.resolve("keys")), Expiries.STANDARD, on.clock);
    for (var day = 0; day < 28; day++) {
      on.clock.move(Duration.ofHours(23));
      resigning.run();
    }
    assertEquals(1, on.believed().serial());
  }

  @Test
  void a_turn_that_failed_is_due_again_before_one_that_went_well() throws Exception {
    var resigning = Resigning.unscheduled(on.repository, on.keys, Expiries.STANDARD, on.clock);
    var interval = Duration.ofHours(12);
    assertTrue(resigning.due(interval));
    resigning.run();
    on.clock.move(Duration.ofHours(11));
    assertFalse(resigning.due(interval));
    on.clock.move(Duration.ofHours(1));
    var timestamp = folder.resolve("repository/timestamp.json");
    var bytes = Files.readAllBytes(timestamp);
    Files.write(timestamp, new byte[0]);
    assertThrows(RepositoryException.class, resigning::run);
    assertTrue(resigning.due(interval));
    Files.write(timestamp, bytes);
    resigning.run();
    assertFalse(resigning.due(interval));
    on.clock.move(Duration.ofDays(-1));
    assertTrue(resigning.due(interval));
  }

  @Test
  void the_snapshot_is_signed_daily_and_old_versions_go() throws Exception {
    publish("some-tool", "Some Tool");
    var resigning = Resigning.unscheduled(on.repository, on.keys, Expiries.STANDARD, on.clock);
    for (var turn = 0; turn < 40; turn++) {
      on.clock.move(Duration.ofHours(7));
      resigning.run();
      var issued = on.repository.state().snapshot().header().issued();
      var age = Duration.between(issued, on.clock.instant());
      assertTrue(age.compareTo(Duration.ofDays(1)) < 0, age::toString);
    }
    var files = folder.resolve("repository");
    assertFalse(Files.exists(files.resolve("1.snapshot.json")));
    assertTrue(Files.exists(files.resolve("1.root.json")));
    assertEquals(1, on.believed().serial());
  }

  @Test
  void after_weeks_of_standstill_one_turn_makes_everything_believable() throws Exception {
    publish("some-tool", "Some Tool");
    on.publisher.brake().hold("anna", Set.of(), "Nothing is held.");
    on.clock.move(Duration.ofDays(40));
    Resigning.unscheduled(on.repository, on.keys, Expiries.STANDARD, on.clock).run();
    assertEquals(1, on.believed().serial());
    assertEquals("Nothing is held.", on.believedStop().reason());
  }

  private PublishOutcome publish(String id, String name) {
    return on.publisher.publish(
        "anna", List.of(TestingRepository.draft(id, name)), TestingRepository.AGREED);
  }

  private List<String> ids() throws Exception {
    return on.believed().rules().stream().map(rule -> rule.id().value()).toList();
  }
}
