package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A repository with two pairs of eyes on the blocklist, and a client of it.
abstract class NewRepository {
  static final Instant START = Instant.parse("2026-07-03T09:00:00Z");
  static final String GLOBAL = "blocklist/global.json";
  static final byte[] LIST = "{\"rules\":[]}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  @TempDir Path device;
  Instant now = START;
  final InstantSource clock = () -> now;
  final SeededRandom random = new SeededRandom(7);
  final Signer root = signer();
  final Signer targets = signer();
  final Signer alice = signer();
  final Signer bob = signer();
  final Signer exemptions = signer();
  final Signer controls = signer();
  final OnlineSigners online = new OnlineSigners(signer(), signer());
  final Signer time = signer();
  Repository repository;

  Signer signer() {
    return Ed25519Signer.generate(random);
  }

  @BeforeEach
  void create() throws RepositoryException {
    var plan =
        new RepositoryPlan(
            Holders.of(1, root),
            Holders.of(1, targets),
            RepositoryPlan.roles(
                Holders.of(2, alice, bob), Holders.of(1, exemptions), Holders.of(1, controls)),
            online,
            time.key(),
            Expiries.STANDARD);
    repository = Repository.create(folder, plan, clock);
  }

  Updater client() throws RepositoryException {
    return new Updater(
        repository.initialRoot(),
        new DirectoryStore(device),
        new DirectoryFetcher(folder),
        Limits.STANDARD);
  }

  byte[] fetched(String path) throws RepositoryException {
    var client = client();
    var refreshed = client.refresh(now);
    if (refreshed instanceof RefreshResult.Refused refused) {
      throw new AssertionError(refused);
    }
    return assertInstanceOf(TargetResult.Found.class, client.target(path)).target().content();
  }

  SortedSet<String> files() throws IOException {
    try (var walk = Files.walk(folder)) {
      var names = new TreeSet<String>();
      walk.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }
}
