package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.policy.Stop;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers publish in one database, and each serves a folder of its own.
class RepositoryRowsIT {
  @TempDir Path folder;

  @Test
  void what_one_server_publishes_the_other_serves_and_nothing_that_was_refused() throws Exception {
    try (var one = TestingDatabase.open(folder);
        var other = TestingDatabase.open(folder)) {
      var here = new RepositoryRows(one, folder.resolve("here"));
      var there = new RepositoryRows(other, folder.resolve("there"));
      var keys = Keyring.create(folder.resolve("keys"), new SecureRandom());
      var plan = RepositoryPlan.small(keys.beginning(), Expiries.STANDARD);
      var repository = Repository.create(here, plan, InstantSource.system());
      there.follow();
      same(repository, "there");

      var stop = "{\"text\": \"停\"}".getBytes(StandardCharsets.UTF_8);
      var signer = List.of(keys.need(KeyRole.CONTROLS));
      repository.publish(RepositoryPlan.CONTROLS, Stop.PATH, stop, signer);
      same(repository, "here");
      there.follow();
      same(repository, "there");

      var served = folder.resolve("there/timestamp.json");
      var before = Files.readAllBytes(served);
      var stranger = List.of(keys.need(KeyRole.BLOCKLIST));
      assertThrows(
          RepositoryException.class,
          () -> repository.publish(RepositoryPlan.CONTROLS, Stop.PATH, stop, stranger));
      Files.writeString(folder.resolve("there/9.stray.json"), "{}");
      Repository.open(there, keys.online(), Expiries.STANDARD, InstantSource.system())
          .resignTimestamp();
      assertFalse(Files.exists(folder.resolve("there/9.stray.json")));
      assertFalse(java.util.Arrays.equals(before, Files.readAllBytes(served)));
      here.follow();
      assertArrayEquals(
          Files.readAllBytes(served), Files.readAllBytes(folder.resolve("here/timestamp.json")));
    }
  }

  private void same(Repository repository, String name) throws RepositoryException {
    var decided = repository.state();
    var served = Repository.read(folder.resolve(name));
    assertEquals(decided.timestamp().version(), served.timestamp().version());
    assertEquals(decided.roles().keySet(), served.roles().keySet());
  }
}
