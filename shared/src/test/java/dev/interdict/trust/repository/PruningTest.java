package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Old versions go, and nobody misses them.
class PruningTest extends NewRepository {
  private static final Duration WEEK = Duration.ofDays(7);

  /// What clients could want, and until when they were told to want it.
  private record Shown(Set<String> files, Instant from) {}

  private final List<Shown> history = new ArrayList<>();

  @Test
  void whatever_was_visible_within_a_week_stays_and_the_rest_goes() throws Exception {
    run(24);
    repository.prune();
    var until = now;
    for (var shown : history.reversed()) {
      if (until.isAfter(now.minus(WEEK))) {
        assertEquals(Set.of(), missing(shown.files()), "visible until " + until);
      }
      until = shown.from();
    }
    assertFalse(files().contains("2.snapshot.json"));
    assertFalse(files().contains("2.blocklist.json"));
    assertTrue(files().contains("1.root.json"));
    assertEquals(1, lists("day 23"), "the list that devices hold");
    assertEquals(0, lists("day 0"), "a list of three weeks ago");
    assertTrue(files().size() < 70, files().size() + " files");
    assertArrayEquals(list("day 23"), fetched(GLOBAL));
  }

  @Test
  void a_quiet_repository_keeps_its_old_list_for_ever() throws Exception {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    for (var day = 0; day < 29; day++) {
      now = now.plus(Duration.ofDays(1));
      repository.resignSnapshot();
      repository.prune();
    }
    assertArrayEquals(LIST, fetched(GLOBAL));
    assertTrue(files().contains("1.controls.json"));
    assertTrue(files().contains("2.blocklist.json"));
    assertFalse(files().contains("1.blocklist.json"));
  }

  @Test
  void a_content_that_came_back_stays() throws Exception {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    run(14);
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    repository.prune();
    assertArrayEquals(LIST, fetched(GLOBAL));
  }

  @Test
  void a_version_number_is_not_used_again_although_its_file_is_gone() throws Exception {
    run(14);
    var before = repository.state();
    // Prepared and never shown.
    Files.copy(folder.resolve("2.blocklist.json"), folder.resolve("99.blocklist.json"));
    assertFalse(repository.prune().isEmpty());
    assertTrue(Files.exists(folder.resolve("99.blocklist.json")));
    var after =
        repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, list("new"), List.of(alice, bob));
    assertEquals(before.snapshot().version() + 1, after.snapshot().version());
    assertEquals(
        before.role(RepositoryPlan.BLOCKLIST).version() + 1,
        after.role(RepositoryPlan.BLOCKLIST).version());
    assertEquals(before.timestamp().version() + 1, after.timestamp().version());
  }

  @Test
  void a_client_of_two_weeks_ago_goes_on() throws Exception {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    assertArrayEquals(LIST, fetched(GLOBAL));
    run(14);
    repository.prune();
    assertArrayEquals(list("day 13"), fetched(GLOBAL));
  }

  @Test
  void broken_off_anywhere_it_ends_the_same() throws Exception {
    run(14);
    var names = new Pruning(new RepositoryFolder(folder), repository.state()).superseded(now);
    assertTrue(names.size() > 6, names::toString);
    var wanted = new TreeSet<>(files());
    wanted.removeAll(names);
    for (var name : names) {
      Files.delete(folder.resolve(name));
      var rest = new Pruning(new RepositoryFolder(folder), repository.state()).superseded(now);
      assertTrue(names.containsAll(rest), "what was to stay goes");
    }
    repository.prune();
    assertEquals(wanted, files());
    assertArrayEquals(list("day 13"), fetched(GLOBAL));
  }

  /// One that was signed and never shown may stand between two that were, so the age of the next is
  /// not all that counts.
  @Test
  void a_snapshot_stays_as_long_as_clients_would_take_it() throws Exception {
    var month = Expiries.STANDARD.with(RoleName.SNAPSHOT, Duration.ofDays(20));
    var patient = Repository.open(folder, online, month, clock);
    patient.resignSnapshot();
    patient.resignSnapshot();
    now = now.plus(Duration.ofDays(19));
    patient.resignTimestamp();
    patient.prune();
    assertTrue(files().contains("2.snapshot.json"));
    now = now.plus(Duration.ofDays(1));
    patient.resignSnapshot();
    patient.prune();
    assertFalse(files().contains("2.snapshot.json"));
  }

  @Test
  void a_clock_that_jumps_takes_nothing_away() throws Exception {
    run(3);
    var before = files();
    now = now.plus(Duration.ofDays(3650));
    assertEquals(List.of(), repository.prune());
    now = START;
    assertEquals(List.of(), repository.prune());
    assertEquals(before, files());
  }

  @Test
  void one_that_cannot_be_read_stays_and_keeps_nothing() throws Exception {
    run(14);
    Files.writeString(folder.resolve("3.snapshot.json"), "torn");
    Files.writeString(folder.resolve("2.blocklist.json"), "torn");
    repository.prune();
    assertTrue(Files.exists(folder.resolve("3.snapshot.json")));
    assertTrue(Files.exists(folder.resolve("2.blocklist.json")));
    assertFalse(Files.exists(folder.resolve("4.snapshot.json")));
  }

  /// Days with a new list each, and the snapshot and timestamps between.
  private void run(int days) throws RepositoryException, IOException {
    for (var day = 0; day < days; day++) {
      now = now.plus(Duration.ofHours(20));
      repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, list("day " + day), List.of(alice, bob));
      note();
      now = now.plus(Duration.ofHours(3));
      repository.resignSnapshot();
      note();
      if (day % 5 == 4) {
        repository.renew(RepositoryPlan.CONTROLS, List.of(controls));
        repository.renew(RepositoryPlan.EXEMPTIONS, List.of(exemptions));
        note();
      }
      now = now.plus(Duration.ofHours(1));
      repository.resignTimestamp();
    }
  }

  private void note() throws RepositoryException {
    var state = repository.state();
    var names = new TreeSet<String>();
    names.add(state.snapshot().version() + ".snapshot.json");
    state
        .roles()
        .forEach((role, targets) -> {
          names.add(targets.version() + "." + role + ".json");
          targets
              .targets()
              .forEach((path, file) ->
                  names.add(
                      "targets/blocklist/"
                          + file.hashes().byAlgorithm().get("sha256")
                          + ".global.json"));
        });
    history.add(new Shown(names, now));
  }

  private Set<String> missing(Set<String> wanted) throws IOException {
    var missing = new TreeSet<>(wanted);
    missing.removeAll(files());
    return missing;
  }

  private long lists(String text) throws IOException {
    var wanted = list(text);
    var found = 0;
    for (var name : files()) {
      if (name.startsWith("targets/")
          && java.util.Arrays.equals(wanted, Files.readAllBytes(folder.resolve(name)))) {
        found++;
      }
    }
    return found;
  }

  private static byte[] list(String text) {
    return ("{\"rules\":[\"" + text + "\"]}").getBytes(StandardCharsets.UTF_8);
  }
}
