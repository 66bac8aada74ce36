package dev.interdict.bench;

import dev.interdict.policy.Blocklist;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.MemoryStore;
import dev.interdict.trust.RepositorySimulator;
import dev.interdict.trust.TrustStore;
import dev.interdict.trust.Updater;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a device pays to verify: root 3 of 5, targets 2 of 3, blocklist 2 of 3, snapshot and
/// timestamp 1 of 1, all Ed25519. The network is this process's memory.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RefreshBenchmark {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");

  /// As in production, but for the length of a list, so that one beyond it can be measured, too.
  private static final Limits LIMITS =
      new Limits(128 << 10, 16 << 10, 1 << 20, 2 << 20, 32 << 20, 256, 32, Duration.ofSeconds(60));

  @Param({"200", "10000"})
  public int rules;

  @Param({"memory", "directory"})
  public String store = "";

  private final RepositorySimulator repository = new RepositorySimulator(NOW, 1);
  private TrustStore stored = new MemoryStore();
  private byte[] root = {};

  @Setup
  public void publish() throws IOException, RepositoryException {
    var former = repository.signers(RoleName.ROOT).toArray(Signer[]::new);
    repository.keys(RoleName.ROOT, 3, signers(5));
    repository.keys(RoleName.TARGETS, 2, signers(3));
    repository.keys(RepositorySimulator.BLOCKLIST, 2, signers(3));
    repository.noDelegations(RoleName.TARGETS);
    repository.delegate(RoleName.TARGETS, RepositorySimulator.BLOCKLIST, true, "blocklist/*");
    repository.root(former);
    root = repository.file("2.root.json");
    repository.put(RepositorySimulator.BLOCKLIST, Blocklist.PATH, LargeList.document(rules));
    repository.sign(RoleName.TARGETS);
    repository.publish();
    stored = empty();
    refresh(stored);
  }

  private Signer[] signers(int number) {
    return Stream.generate(repository::newSigner).limit(number).toArray(Signer[]::new);
  }

  private TrustStore empty() throws IOException {
    return store.equals("memory")
        ? new MemoryStore()
        : new DirectoryStore(Files.createTempDirectory("interdict-bench"));
  }

  private Object refresh(TrustStore into) throws RepositoryException {
    var updater = new Updater(root, into, repository, LIMITS);
    updater.refresh(NOW);
    return updater.target(Blocklist.PATH);
  }

  /// A device without any file gets and verifies all of it.
  @Benchmark
  public Object everything() throws IOException, RepositoryException {
    return refresh(empty());
  }

  /// A new process finds that nothing changed: the stored chain is verified again, and the list.
  @Benchmark
  public Object unchangedWithList() throws RepositoryException {
    return refresh(stored);
  }

  /// The same without the list: one timestamp.
  @Benchmark
  public Object unchanged() throws RepositoryException {
    return new Updater(root, stored, repository, LIMITS).refresh(NOW);
  }
}
