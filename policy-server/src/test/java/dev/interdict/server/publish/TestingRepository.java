package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Stop;
import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A repository with its keys and database in a folder, and a client that reads it as a device
/// does.
final class TestingRepository implements AutoCloseable {
  static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

  final MovableClock clock = new MovableClock(START);
  final Path folder;
  final Keyring keys;
  final Repository repository;
  final Database database;
  final Audit audit;
  final Publications publications;
  final Publisher publisher;

  TestingRepository(Path folder) throws Exception {
    this.folder = folder;
    keys = Keyring.create(folder.resolve("keys"), new SecureRandom());
    repository =
        Repository.create(
            folder.resolve("repository"),
            RepositoryPlan.small(keys.beginning(), Expiries.STANDARD),
            clock);
    database = TestingDatabase.open(folder);
    audit = new Audit(database, clock);
    publications = new Publications(database, audit, clock);
    publisher = new Publisher(repository, keys, publications, "IT of Example");
  }

  /// The list as a device with an empty trust store believes it now.
  Blocklist believed() throws Exception {
    return Blocklist.read(target(Blocklist.PATH));
  }

  Stop believedStop() throws Exception {
    return Stop.read(target(Stop.PATH));
  }

  private byte[] target(String path) throws Exception {
    var updater =
        new Updater(
            repository.initialRoot(),
            new DirectoryStore(folder.resolve("trust")),
            new DirectoryFetcher(folder.resolve("repository")),
            Limits.STANDARD);
    var refreshed = updater.refresh(clock.instant());
    assertTrue(
        refreshed instanceof RefreshResult.Updated || refreshed instanceof RefreshResult.Unchanged,
        refreshed::toString);
    return assertInstanceOf(TargetResult.Found.class, updater.target(path)).target().content();
  }

  static Draft draft(String id, String name) {
    var text = RULE.replace("ID", id).replace("NAME", name);
    var reading = YamlFile.read(id + ".yaml", text.getBytes(StandardCharsets.UTF_8));
    var result = new Lint(START, Map.of()).check(List.of(reading));
    assertTrue(result.findings().isEmpty(), () -> result.findings().toString());
    return result.drafts().getFirst();
  }

  private static final String RULE =
      """
      id: ID
      name: NAME
      publisher: Somebody
      risk: medium
      reason: {en: It sends data out., zh-CN: 该工具会外传数据。}
      replacement:
        name: Qoder
        url: https://qoder.com/
        identities: [{package: pkg:npm/%40qoder-ai/qodercli}]
      match: [{package: pkg:npm/ID}]
      enforcement: remove
      timeline:
        announce: 2026-07-03T09:00
        effective: 2026-07-10T10:00
        zone: Asia/Shanghai
        minimum-notice: PT24H
      limits: {max-items-per-device: 20}
      """;

  @Override
  public void close() {
    database.close();
  }
}
