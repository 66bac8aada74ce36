package dev.interdict.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Keys of all kinds, and signatures that do not count.
class ConformanceKeysTest extends ConformanceScene {
  private static final String FIRST = "root=1 snapshot=1 targets=1 timestamp=1";

  private enum Kind {
    RSA,
    ECDSA,
    ED25519;

    Signer signer() {
      return switch (this) {
        case RSA -> JdkSigner.rsa();
        case ECDSA -> JdkSigner.ecdsa();
        case ED25519 -> Ed25519Signer.generate(new SeededRandom(77));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void keys_of_each_kind_in_the_specification(Kind kind) {
    init();
    var first = repository.signers(RoleName.ROOT).getFirst();
    var second = kind.signer();
    repository.keys(RoleName.ROOT, 2, first, second);
    repository.root();
    refreshes();
    assertEquals("root=2 snapshot=1 targets=1 timestamp=1", trusted());
    repository.root();
    repository.signedBy(RoleName.ROOT, List.of(first, new Forger(second)));
    refuses("root=2 snapshot=1 targets=1 timestamp=1");
  }

  /// Signs another message under a key's name: a signature that looks right.
  private record Forger(Signer original) implements Signer {
    @Override
    public TufKey key() {
      return original.key();
    }

    @Override
    public byte[] sign(byte[] message) {
      return original.sign(new byte[] {1});
    }
  }

  private void snapshotKeys(int threshold, int count) {
    var signers = new Signer[count];
    for (var i = 0; i < count; i++) {
      signers[i] = repository.newSigner();
    }
    repository.keys(RoleName.SNAPSHOT, threshold, signers);
    repository.root();
    repository.publish();
  }

  @Test
  void fewer_signatures_than_the_threshold() {
    init();
    snapshotKeys(3, 3);
    refreshes();
    repository.snapshot();
    repository.signedBy(RoleName.SNAPSHOT, repository.signers(RoleName.SNAPSHOT).subList(0, 2));
    repository.timestamp();
    refuses("root=2 snapshot=2 targets=1 timestamp=3");
  }

  @Test
  void fewer_keys_than_the_threshold() {
    init();
    snapshotKeys(6, 5);
    refuses("root=2 timestamp=2");
  }

  @Test
  void a_key_named_nine_times_counts_at_most_once() {
    init();
    var one = repository.newSigner();
    repository.keys(RoleName.SNAPSHOT, 6, one, one, one, one, one, one, one, one, one);
    repository.root();
    repository.promiseOnlyVersions();
    repository.publish();
    repository.tamper(
        repository.path(RoleName.SNAPSHOT), file -> repeated(new String(file, UTF_8), 8));
    refuses("root=1");
  }

  @Test
  void one_key_id_that_signs_twice_spoils_the_file() {
    init();
    repository.promiseOnlyVersions();
    repository.publish();
    repository.tamper("2.snapshot.json", file -> repeated(new String(file, UTF_8), 1));
    refuses("root=1 timestamp=2");
  }

  private static byte[] repeated(String file, int times) {
    var end = file.indexOf("}]") + 1;
    var signature = file.substring(file.indexOf('[') + 1, end);
    return bytes(file.substring(0, end) + ("," + signature).repeat(times) + file.substring(end));
  }

  @Test
  void a_bad_signature_beside_enough_good_ones_does_no_harm() {
    init();
    var good = repository.signers(RoleName.TIMESTAMP).getFirst();
    var other = repository.newSigner();
    repository.keys(RoleName.TIMESTAMP, 1, good, other);
    repository.root();
    repository.timestamp();
    repository.signedBy(RoleName.TIMESTAMP, List.of(good, new Forger(other)));
    refreshes();
    repository.timestamp();
    repository.tamper(
        "timestamp.json",
        file ->
            bytes(new String(file, UTF_8).replaceFirst("\"sig\":\"[0-9a-f]+\"", "\"sig\":\"\"")));
    refreshes();
    assertEquals("root=2 snapshot=1 targets=1 timestamp=3", trusted());
  }

  @Test
  void a_key_of_a_scheme_that_nobody_knows_verifies_nothing_and_spoils_nothing() {
    init();
    var good = repository.signers(RoleName.TIMESTAMP).getFirst();
    var odd = new Unknown(good);
    repository.keys(RoleName.TIMESTAMP, 1, good, odd);
    repository.root();
    repository.timestamp();
    refreshes();
    repository.timestamp();
    repository.signedBy(RoleName.TIMESTAMP, List.of(odd));
    refuses("root=2 snapshot=1 targets=1 timestamp=2");
  }

  /// A key of a scheme outside the specification.
  private record Unknown(Signer original) implements Signer {
    @Override
    public TufKey key() {
      var scheme = new Json.Text("rsa-pkcs1v15-sha256");
      return TufKey.of(JsonEdit.with(original.key().json(), "scheme", scheme));
    }

    @Override
    public byte[] sign(byte[] message) {
      return original.sign(message);
    }
  }

  @Test
  void more_signatures_than_anyone_needs() {
    init();
    refreshes();
    var many = new ArrayList<Signer>(repository.signers(RoleName.TIMESTAMP));
    for (var i = 0; i < 32; i++) {
      many.add(repository.newSigner());
    }
    repository.timestamp();
    repository.signedBy(RoleName.TIMESTAMP, many.subList(0, 32));
    refreshes();
    repository.timestamp();
    repository.signedBy(RoleName.TIMESTAMP, many);
    refuses(FIRST.replace("timestamp=1", "timestamp=2"));
  }
}
