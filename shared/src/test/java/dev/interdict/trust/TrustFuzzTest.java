package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.Targets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Changed files never pass, and whatever is wrong with them, only the one checked exception comes.
/// A change that leaves the signed document as it was (white space, a signature of nobody) may pass
/// where no hash covers the file.
class TrustFuzzTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private static final String TARGET = "blocklist/global.json";
  private static final byte[] CONTENT = {1, 2, 3};

  private final RepositorySimulator repository = new RepositorySimulator(NOW, 10);

  @BeforeEach
  void publish() {
    repository.put(BLOCKLIST, TARGET, CONTENT);
    repository.publish();
    repository.root();
  }

  private TrustedMetadata upTo(RoleName role) throws RepositoryException {
    var trusted = TrustedMetadata.bootstrap(repository.initialRoot());
    if (role.equals(RoleName.TIMESTAMP)) {
      return trusted;
    }
    trusted = trusted.withTimestamp(repository.file("timestamp.json"), NOW);
    if (role.equals(RoleName.SNAPSHOT)) {
      return trusted;
    }
    trusted = trusted.withSnapshot(repository.file("2.snapshot.json"), NOW);
    return role.equals(RoleName.TARGETS)
        ? trusted
        : trusted.withTargets(repository.file("1.targets.json"), NOW);
  }

  private static Delegation first(TrustedMetadata trusted) {
    return Objects.requireNonNull(trusted.targets()).delegations().getFirst();
  }

  /// Only the signed document as it is passes `step`.
  private void onlyAsSigned(String parser, String path, Fuzz.Reading step) throws Exception {
    var original = repository.file(path);
    var signed = signed(original);
    Fuzz.of(parser)
        .seeds(original)
        .besides(
            repository.file("1.root.json"),
            repository.file("2.root.json"),
            repository.file("timestamp.json"),
            repository.file("2.snapshot.json"),
            repository.file("1.targets.json"),
            repository.file("2.blocklist.json"))
        .words("\"signed\":{},", "\"keyid\":\"\",", "\"threshold\":0", "\"version\":1,")
        .refuses(RepositoryException.class)
        .run(input -> {
          step.read(input);
          assertEquals(signed, signed(input), "passed, changed");
        });
  }

  private static String signed(byte[] bytes) throws RepositoryException {
    var signed = SignedFile.read(bytes, "a file").signed();
    return new String(JsonWriter.canonical(signed), StandardCharsets.UTF_8);
  }

  @Test
  void roots() throws Exception {
    var trusted = TrustedMetadata.bootstrap(repository.initialRoot());
    onlyAsSigned("root", "2.root.json", trusted::withRoot);
    onlyAsSigned("first-root", "1.root.json", TrustedMetadata::bootstrap);
  }

  @Test
  void timestamps() throws Exception {
    var trusted = upTo(RoleName.TIMESTAMP);
    onlyAsSigned("timestamp", "timestamp.json", bytes -> trusted.withTimestamp(bytes, NOW));
  }

  @Test
  void snapshots() throws Exception {
    var trusted = upTo(RoleName.SNAPSHOT);
    onlyAsSigned("snapshot", "2.snapshot.json", bytes -> trusted.withSnapshot(bytes, NOW));
    onlyAsSigned("earlier-snapshot", "2.snapshot.json", trusted::withEarlierSnapshot);
  }

  @Test
  void targets() throws Exception {
    var trusted = upTo(RoleName.TARGETS);
    onlyAsSigned("targets", "1.targets.json", bytes -> trusted.withTargets(bytes, NOW));
    var top = upTo(BLOCKLIST);
    var delegation = first(top);
    onlyAsSigned(
        "delegated-targets", "2.blocklist.json", bytes -> top.delegated(bytes, delegation, NOW));
    onlyAsSigned(
        "targets-without-hash",
        "2.blocklist.json",
        bytes ->
            delegation
                .keys()
                .verify(
                    Targets.read(BLOCKLIST, bytes).file(), "without the hash", Schemes.ED25519));
  }

  /// What delegates and vouches when it was signed: read after its signatures are found good.
  @Test
  void the_content_of_signed_files() throws Exception {
    var holders = repository.signers(RoleName.TARGETS);
    for (var path : List.of("1.targets.json", "2.blocklist.json")) {
      var signed = SignedFile.read(repository.file(path), path).signed();
      Fuzz.of("signed-targets")
          .seeds(JsonWriter.compact(signed))
          .words("\"path_hash_prefixes\":[\"00\"]", "\"paths\":[]", "\"length\":-1")
          .refuses(RepositoryException.class)
          .run(input -> {
            var envelope = "{\"signatures\": [], \"signed\": ";
            var file = new java.io.ByteArrayOutputStream();
            file.writeBytes(envelope.getBytes(StandardCharsets.UTF_8));
            file.writeBytes(input);
            file.write('}');
            var unsigned = SignedFile.read(file.toByteArray(), path);
            var read = Targets.read(BLOCKLIST, SignedFile.sign(unsigned.signed(), holders).bytes());
            read.delegations().forEach(delegation -> delegation.paths().match(TARGET));
          });
    }
  }

  @Test
  void proofs_of_stored_targets() throws Exception {
    var trusted = TrustedMetadata.bootstrap(repository.initialRoot());
    var top = upTo(BLOCKLIST);
    var chain = new ArrayList<Targets>();
    chain.add(Objects.requireNonNull(top.targets()));
    chain.add(Targets.read(BLOCKLIST, repository.file("2.blocklist.json")));
    var proof = ProvenTarget.of(chain, CONTENT).encode();
    Fuzz.of("proven-target")
        .seeds(proof)
        .refuses(RepositoryException.class)
        .grants(8 << 20)
        .run(input -> {
          var read = ProvenTarget.decode(input, 32);
          if (read != null) {
            assertArrayEquals(input, read.encode());
            read.verify(TARGET, trusted, null);
            assertArrayEquals(CONTENT, read.content());
          }
        });
  }

  @Test
  void statements_of_the_time() throws Exception {
    var root = Root.read(repository.initialRoot());
    var nonce = new byte[TimeStatement.NONCE_BYTES];
    Fuzz.of("time-statement")
        .seeds(TimeStatement.sign(nonce, NOW, repository.timeKey()))
        .besides(TimeStatement.sign(nonce, NOW.plusSeconds(9), repository.newSigner()))
        .refuses(RepositoryException.class)
        .run(input -> assertTrue(TimeStatement.verify(input, nonce, root).now().equals(NOW)));
  }
}
