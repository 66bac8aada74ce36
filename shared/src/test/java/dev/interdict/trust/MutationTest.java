package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.Targets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Changed files never pass, and whatever is wrong with them, only the one checked exception comes.
/// A change that leaves the signed document as it was (white space, a signature of nobody) may pass
/// where no hash covers the file.
class MutationTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private static final int ROUNDS = Integer.getInteger("mutation.rounds", 400);
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "0",
          "-1",
          "1e9",
          "9999999999999999999",
          "null",
          "\"signed\":{},",
          "\"keyid\":\"\",",
          "\\u0000",
          "\ud83d\ude00",
          "\\ud800",
          " ",
          "1.0");

  private final RepositorySimulator repository = new RepositorySimulator(NOW, 10);

  /// Takes a file into trust, or refuses it.
  private interface Step {
    void take(byte[] bytes) throws RepositoryException;
  }

  @BeforeEach
  void publish() {
    repository.put(BLOCKLIST, "blocklist/global.json", new byte[] {1});
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
    var top = trusted.targets();
    if (top == null) {
      throw new IllegalStateException("no targets");
    }
    return top.delegations().getFirst();
  }

  @Test
  void changed_roots() throws RepositoryException {
    var trusted = TrustedMetadata.bootstrap(repository.initialRoot());
    mutate("2.root.json", trusted::withRoot);
    mutate("1.root.json", TrustedMetadata::bootstrap);
  }

  @Test
  void changed_timestamps() throws RepositoryException {
    var trusted = upTo(RoleName.TIMESTAMP);
    mutate("timestamp.json", bytes -> trusted.withTimestamp(bytes, NOW));
  }

  @Test
  void changed_snapshots() throws RepositoryException {
    var trusted = upTo(RoleName.SNAPSHOT);
    mutate("2.snapshot.json", bytes -> trusted.withSnapshot(bytes, NOW));
    mutate("2.snapshot.json", trusted::withEarlierSnapshot);
  }

  @Test
  void changed_targets() throws RepositoryException {
    var trusted = upTo(RoleName.TARGETS);
    mutate("1.targets.json", bytes -> trusted.withTargets(bytes, NOW));
    var delegation = first(upTo(BLOCKLIST));
    var top = upTo(BLOCKLIST);
    mutate("2.blocklist.json", bytes -> top.delegated(bytes, delegation, NOW));
    mutate(
        "2.blocklist.json",
        bytes ->
            delegation
                .keys()
                .verify(
                    Targets.read(BLOCKLIST, bytes).file(), "without the hash", Schemes.ED25519));
  }

  private void mutate(String path, Step step) throws RepositoryException {
    var original = repository.file(path);
    step.take(original);
    var random = new Random(path.hashCode());
    var refused = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var changed = change(original, random);
      try {
        step.take(changed);
        assertEquals(signed(original), signed(changed), path + " in round " + round);
      } catch (RepositoryException e) {
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            path + " in round " + round + ": " + new String(changed, StandardCharsets.UTF_8), e);
      }
    }
    assertTrue(refused > ROUNDS * 8 / 10, refused + " of " + ROUNDS + " refused");
  }

  private static String signed(byte[] bytes) {
    try {
      var json = (Json.Obj) JsonReader.read(bytes, JsonLimits.OWN);
      var signed = json.get("signed");
      return signed == null ? "" : new String(JsonWriter.canonical(signed), StandardCharsets.UTF_8);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  /// One to three changes of bytes, digits, tokens, pieces or length.
  private static byte[] change(byte[] original, Random random) {
    var bytes = original.clone();
    for (var i = random.nextInt(3); i >= 0; i--) {
      var at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> flip(bytes, at, 1 << random.nextInt(8));
            case 1 -> flip(bytes, at, random.nextInt(256));
            case 2 -> splice(bytes, at, at, token(random));
            case 3 -> splice(bytes, at, Math.min(bytes.length, at + 1), token(random));
            case 4 ->
                splice(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), new byte[0]);
            case 5 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, 0, at));
            default -> at == 0 ? bytes : Arrays.copyOf(bytes, at);
          };
    }
    return bytes;
  }

  private static byte[] token(Random random) {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] flip(byte[] bytes, int at, int mask) {
    bytes[at] ^= (byte) mask;
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    var result = new byte[bytes.length - (to - from) + middle.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
    return result;
  }
}
