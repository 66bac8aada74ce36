package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.trust.metadata.RoleName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are past their time, offered or kept.
class ConformanceExpiryTest extends ConformanceScene {
  private static final Instant GONE = NOW.minus(Duration.ofDays(1));
  private static final Instant WEEK = NOW.plus(Duration.ofDays(7));
  private static final Instant THREE_WEEKS = NOW.plus(Duration.ofDays(21));

  private void publish(RoleName role) {
    if (role.equals(RoleName.ROOT)) {
      repository.root();
      return;
    }
    if (role.equals(RoleName.TARGETS) || role.equals(BLOCKLIST)) {
      repository.sign(role);
    }
    if (!role.equals(RoleName.TIMESTAMP)) {
      repository.snapshot();
    }
    repository.timestamp();
  }

  @ParameterizedTest
  @CsvSource({
    "root, root=2 snapshot=1 targets=1 timestamp=1",
    "timestamp, root=1 snapshot=1 targets=1 timestamp=1",
    "snapshot, root=1 snapshot=1 targets=1 timestamp=2",
    "targets, root=1 snapshot=2 targets=1 timestamp=2"
  })
  void an_expired_role_is_not_taken(String name, String trusted) {
    init();
    refreshes();
    repository.expires(new RoleName(name), GONE);
    publish(new RoleName(name));
    refuses(trusted);
  }

  @ParameterizedTest
  @CsvSource({
    "root, root=3 snapshot=1 targets=1 timestamp=1",
    "timestamp, root=1 snapshot=1 targets=1 timestamp=3",
    "snapshot, root=1 snapshot=3 targets=1 timestamp=3",
    "targets, root=1 snapshot=3 targets=3 timestamp=3"
  })
  void a_kept_role_that_has_expired_gives_way_to_a_newer_one(String name, String trusted) {
    init();
    var role = new RoleName(name);
    repository.expires(role, WEEK);
    publish(role);
    refreshes();
    now = NOW.plus(Duration.ofDays(18));
    assertEquals(1, refresh());
    repository.expires(role, THREE_WEEKS);
    publish(role);
    refreshes();
    assertEquals(trusted, trusted());
  }

  @Test
  void every_refresh_fails_while_the_repository_stands_still() {
    init();
    repository.expires(RoleName.SNAPSHOT, WEEK);
    repository.publish();
    refreshes();
    now = WEEK;
    refuses("root=1 snapshot=2 targets=1 timestamp=2");
    refuses("root=1 snapshot=2 targets=1 timestamp=2");
    now = WEEK.minusSeconds(1);
    refreshes();
  }

  @Test
  void a_delegated_role_that_has_expired_is_not_taken() {
    repository.expires(BLOCKLIST, GONE);
    repository.put(BLOCKLIST, "blocklist/x", bytes("x"));
    repository.publish();
    init();
    refreshes();
    assertEquals(1, download("blocklist/x"));
    assertEquals("root=1 snapshot=2 targets=1 timestamp=2", trusted());
    assertEquals(List.of(), contents());
  }

  @Test
  void a_kept_delegated_role_that_has_expired_gives_way_to_a_newer_one_only() {
    repository.expires(BLOCKLIST, WEEK);
    repository.put(BLOCKLIST, "blocklist/first", bytes("first"));
    repository.put(BLOCKLIST, "blocklist/second", bytes("second"));
    repository.publish();
    init();
    downloads("blocklist/first");
    now = NOW.plus(Duration.ofDays(18));
    assertEquals(1, download("blocklist/second"));
    assertEquals(1, download("blocklist/first"));
    assertEquals(List.of("first"), contents());
    repository.expires(BLOCKLIST, THREE_WEEKS);
    publish(BLOCKLIST);
    downloads("blocklist/second");
    assertEquals(List.of("first", "second"), contents());
  }
}
