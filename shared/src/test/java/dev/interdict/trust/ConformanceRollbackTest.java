package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.trust.metadata.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files older than what was seen, and the way back after a thief ran versions up.
class ConformanceRollbackTest extends ConformanceScene {
  private static final String SECOND = "root=1 snapshot=2 targets=2 timestamp=2";

  private void seeSecond(boolean hashes) {
    if (!hashes) {
      repository.promiseOnlyVersions();
    }
    repository.sign(RoleName.TARGETS);
    repository.publish();
    init();
    refreshes();
    assertEquals(SECOND, trusted());
    repository.asked();
  }

  @Test
  void an_older_timestamp() {
    seeSecond(true);
    repository.version(RoleName.TIMESTAMP, 1);
    repository.timestamp();
    refuses(SECOND);
    assertEquals("timestamp.json", repository.asked().getLast());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_older_snapshot(boolean hashes) {
    seeSecond(hashes);
    repository.version(RoleName.SNAPSHOT, 1);
    repository.publish();
    refuses(SECOND);
    assertEquals("timestamp.json", repository.asked().getLast());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void older_targets(boolean hashes) {
    seeSecond(hashes);
    repository.version(RoleName.TARGETS, 1);
    repository.sign(RoleName.TARGETS);
    repository.publish();
    refuses("root=1 snapshot=2 targets=2 timestamp=3");
    assertEquals("3.snapshot.json", repository.asked().getLast());
  }

  @Test
  void a_role_that_is_gone_from_the_snapshot() {
    seeSecond(true);
    repository.snapshot();
    repository.alter(RoleName.SNAPSHOT, ConformanceRollbackTest::withoutBlocklist);
    repository.timestamp();
    refuses("root=1 snapshot=2 targets=2 timestamp=3");
  }

  private static Json.Obj withoutBlocklist(Json.Obj snapshot) {
    var meta = JsonEdit.child(snapshot, "meta");
    return JsonEdit.with(snapshot, "meta", JsonEdit.without(meta, BLOCKLIST + ".json"));
  }

  private void runUp(RoleName role) {
    repository.version(role, 100);
    if (role.equals(RoleName.TARGETS)) {
      repository.sign(role);
    }
    if (!role.equals(RoleName.TIMESTAMP)) {
      repository.snapshot();
    }
    repository.timestamp();
    init();
    refreshes();
  }

  private void rotate(RoleName... roles) {
    List.of(roles).forEach(role -> repository.keys(role, 1, repository.newSigner()));
    repository.root();
  }

  @Test
  void a_timestamp_run_up_is_forgotten_with_its_key() {
    runUp(RoleName.TIMESTAMP);
    assertEquals("root=1 snapshot=1 targets=1 timestamp=100", trusted());
    rotate(RoleName.TIMESTAMP);
    repository.version(RoleName.TIMESTAMP, 1);
    repository.timestamp();
    refreshes();
    assertEquals("root=2 snapshot=1 targets=1 timestamp=1", trusted());
  }

  @Test
  void a_snapshot_run_up_is_forgotten_with_its_key() {
    runUp(RoleName.SNAPSHOT);
    assertEquals("root=1 snapshot=100 targets=1 timestamp=2", trusted());
    rotate(RoleName.SNAPSHOT, RoleName.TIMESTAMP);
    repository.version(RoleName.SNAPSHOT, 1);
    repository.publish();
    refreshes();
    assertEquals("root=2 snapshot=1 targets=1 timestamp=3", trusted());
  }

  @Test
  void targets_run_up_and_a_role_that_is_gone_are_forgotten_with_the_snapshot_key() {
    runUp(RoleName.TARGETS);
    assertEquals("root=1 snapshot=2 targets=100 timestamp=2", trusted());
    rotate(RoleName.SNAPSHOT);
    repository.version(RoleName.TARGETS, 1);
    repository.sign(RoleName.TARGETS);
    repository.snapshot();
    repository.alter(RoleName.SNAPSHOT, ConformanceRollbackTest::withoutBlocklist);
    repository.timestamp();
    refreshes();
    assertEquals("root=2 snapshot=3 targets=1 timestamp=3", trusted());
  }
}
