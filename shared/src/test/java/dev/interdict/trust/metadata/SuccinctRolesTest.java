package dev.interdict.trust.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException.Family;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hash bins (TAP 15): which bin a path falls into, and what is refused.
class SuccinctRolesTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private final Signer signer = Ed25519Signer.generate(new SeededRandom(3));
  private final RoleKeys keys = new RoleKeys(List.of(signer.key()), 1);

  private Targets targets(SuccinctRoles bins) throws RepositoryException {
    return read(Targets.write(new Header(1, NOW, null), Map.of(), bins));
  }

  private Targets read(Json.Obj document) throws RepositoryException {
    return Targets.read(RoleName.TARGETS, SignedFile.sign(document, List.of(signer)).bytes());
  }

  /// SHA-256 of "x" is 2d711642..., in bits 0010 1101 0111 0001.
  @ParameterizedTest
  @CsvSource({
    "1, b-0",
    "2, b-0",
    "3, b-1",
    "4, b-2",
    "5, b-05",
    "8, b-2d",
    "9, b-05a",
    "16, b-2d71",
    "31, b-16b88b21",
    "32, b-2d711642"
  })
  void the_first_bits_of_the_hash_number_the_bin(int bits, String name) throws RepositoryException {
    var matching = targets(new SuccinctRoles(keys, bits, "b")).matching("x");
    assertEquals(1, matching.size());
    var bin = matching.getFirst();
    assertEquals(new RoleName(name), bin.role());
    assertEquals(keys, bin.keys());
    assertTrue(bin.terminating());
  }

  @Test
  void every_path_is_in_the_bin_that_is_named_for_it_and_in_no_other() {
    for (var bits : List.of(1, 2, 3, 4, 5, 6, 7, 8)) {
      var bins = new SuccinctRoles(keys, bits, "b");
      var paths = IntStream.range(0, 200).mapToObj(i -> "target " + i).toList();
      for (var path : paths) {
        var own = bins.bin(path);
        assertTrue(own.paths().match(path), path);
        for (var other : paths) {
          assertEquals(
              bins.bin(other).role().equals(own.role()), own.paths().match(other), path + other);
        }
      }
    }
  }

  @Test
  void what_is_written_is_read() throws RepositoryException {
    var bins = new SuccinctRoles(keys, 10, "shard");
    assertEquals(bins, targets(bins).bins());
    assertEquals(List.of(), targets(bins).delegations());
  }

  @Test
  void bounds_hold_where_it_is_made() {
    for (var bits : List.of(-1, 0, 33)) {
      assertThrows(IllegalArgumentException.class, () -> new SuccinctRoles(keys, bits, "b"));
    }
    var lengthy = "b".repeat(192);
    assertThrows(IllegalArgumentException.class, () -> new SuccinctRoles(keys, 32, lengthy));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"bit_length\":8 to \"bit_length\":0",
        "\"bit_length\":8 to \"bit_length\":33",
        "\"bit_length\":8 to \"bit_length\":-1",
        "\"bit_length\":8 to \"bit_length\":8.0",
        "\"bit_length\":8 to \"bit_length\":\"8\"",
        "\"bit_length\":8, to ",
        "\"name_prefix\":\"b\" to \"name_prefix\":\"\"",
        "\"name_prefix\":\"b\" to \"name_prefix\":7",
        "\"name_prefix\":\"b\" to \"name_prefix\":\"%s\"",
        "\"name_prefix\":\"b\" to \"prefix\":\"b\"",
        "\"threshold\":1 to \"threshold\":0",
        "\"threshold\":1, to ",
        "\"keyids\":[ to \"keyids\":[\"00\",",
        "\"succinct_roles\": to \"roles\":[],\"succinct_roles\":",
        "\"succinct_roles\":{ to \"succinct_roles\":[],\"x\":{",
        "\"succinct_roles\": to \"succinct_rolls\":",
      })
  void anything_else_is_malformed(String change) throws RepositoryException {
    var text =
        new String(targets(new SuccinctRoles(keys, 8, "b")).file().bytes(), StandardCharsets.UTF_8);
    var parts = change.split(" to ", -1);
    assertTrue(text.contains(parts[0]), text);
    var altered = text.replace(parts[0], parts[1].formatted("b".repeat(198)));
    var refused =
        assertThrows(
            RepositoryException.class,
            () -> Targets.read(RoleName.TARGETS, altered.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Family.MALFORMED, refused.family());
  }
}
