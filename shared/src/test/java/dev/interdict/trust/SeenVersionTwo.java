package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.trust.metadata.RepositoryException.Family;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The situation from which trouble starts: a device that holds a blocklist saying "two".
abstract class SeenVersionTwo {
  static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  static final String GLOBAL = "blocklist/global.json";
  static final String GOOD = "blocklist=2 snapshot=2 targets=1 timestamp=2 +1";

  @TempDir Path folder;
  final RepositorySimulator repository = new RepositorySimulator(NOW, 2);
  SimulatedDevice device;

  @BeforeEach
  void a_device_has_seen_version_two() {
    repository.put(BLOCKLIST, GLOBAL, bytes("two"));
    repository.publish();
    device = new SimulatedDevice(repository, folder);
    device.content(GLOBAL, NOW);
    assertEquals(GOOD, device.disk());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void publishThree() {
    repository.put(BLOCKLIST, GLOBAL, bytes("three"));
    repository.publish();
  }

  void refusesAndKeeps(Family family, String disk) {
    device.refuses(family, NOW);
    assertEquals(disk, device.disk());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  void refusesTargetAndKeeps(Family family, String disk) {
    device.refusesTarget(family, GLOBAL, NOW);
    assertEquals(disk, device.disk());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  /// Changes a digit under the signature.
  static byte[] flip(byte[] bytes) {
    var name = "\"x-interdict-issued\":\"";
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(name) + name.length()] ^= 1;
    return bytes;
  }
}
