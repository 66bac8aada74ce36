package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.trust.metadata.Hashes;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.TargetFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Contents of targets: fetched once, replaced in place, never kept unless they are what was
/// signed.
class ConformanceDownloadTest extends ConformanceScene {
  private void put(String path, String content) {
    repository.put(RoleName.TARGETS, path, bytes(content));
  }

  private static String served(String path, String content) {
    return RepositoryPaths.target(path, TargetFile.of(bytes(content)), true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file.txt", "path/to/a/file.txt", "odd name#?%/é"})
  void a_target_is_fetched_once(String path) {
    put(path, "content");
    repository.publish();
    init();
    refreshes();
    assertEquals(List.of(), contents());
    downloads(path);
    repository.asked();
    downloads(path);
    assertEquals(List.of("content"), contents());
    assertEquals(List.of("2.root.json", "timestamp.json"), repository.asked());
  }

  @Test
  void several_targets_are_fetched_in_order_up_to_the_first_that_fails() {
    put("a", "first");
    put("b", "second");
    put("c", "third");
    repository.publish();
    repository.tamper(served("b", "second"), _ -> bytes("evil"));
    init();
    assertEquals(1, download("a", "b", "c"));
    assertEquals(List.of("first"), contents());
    assertEquals(List.of(served("a", "first"), served("b", "second")), askedBeyondTop());
  }

  @Test
  void contents_that_the_repository_swaps_are_not_kept() {
    put("a", "first");
    put("b", "second");
    repository.publish();
    init();
    downloads("a");
    for (var evil : List.of("evil", "much longer than what was signed", "")) {
      repository.tamper(served("a", "first"), _ -> bytes(evil));
      repository.tamper(served("b", "second"), _ -> bytes(evil));
      downloads("a");
      assertEquals(1, download("b"));
      assertEquals(List.of("first"), contents());
    }
  }

  @Test
  void a_target_that_changes_keeps_its_file() throws InterruptedException {
    put("a", "content 0");
    repository.publish();
    init();
    downloads("a");
    var expected = new ArrayList<>(List.of("content 0"));
    for (var round = 1; round < 4; round++) {
      put("a", "content " + round);
      put("new " + round, "another " + round);
      repository.publish();
      Thread.sleep(20); // so that the order of changes shows in the files' times
      downloads("a");
      Thread.sleep(20);
      downloads("new " + round);
      expected.remove("content " + (round - 1));
      expected.addAll(List.of("content " + round, "another " + round));
      assertEquals(expected, contents());
      repository.tamper(served("a", "content " + round), _ -> bytes("evil"));
      repository.sign(RoleName.TARGETS);
      repository.publish();
      downloads("a");
      assertEquals(expected, contents());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA-256", "SHA-512", "SHA-256 SHA-512"})
  void either_hash_will_do_and_both_must_be_right(String algorithms) {
    var content = bytes("content");
    repository.put(RoleName.TARGETS, "a", promise(algorithms, content), content);
    repository.sign(RoleName.TARGETS);
    repository.put(RoleName.TARGETS, "b", promise(algorithms, bytes("ContenT")), content);
    repository.sign(RoleName.TARGETS);
    repository.publish();
    init();
    downloads("a");
    assertEquals(1, askedBeyondTop().size());
    assertEquals(1, download("b"));
    assertEquals(List.of("content"), contents());
  }

  @Test
  void a_hash_that_nobody_knows_proves_nothing() {
    var content = bytes("content");
    var hashes = new Hashes(Map.of("unknown-hash", "ab".repeat(32)));
    repository.put(RoleName.TARGETS, "a", new TargetFile(7, hashes, null), content);
    repository.sign(RoleName.TARGETS);
    repository.publish();
    init();
    assertEquals(1, download("a"));
    assertEquals(List.of(), contents());
  }

  private static TargetFile promise(String algorithms, byte[] content) {
    var hashes = new HashMap<String, String>();
    for (var algorithm : algorithms.split(" ", -1)) {
      try {
        var digest = MessageDigest.getInstance(algorithm).digest(content);
        hashes.put(algorithm.replace("SHA-", "sha"), HexFormat.of().formatHex(digest));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
    return new TargetFile(content.length, new Hashes(hashes), null);
  }
}
