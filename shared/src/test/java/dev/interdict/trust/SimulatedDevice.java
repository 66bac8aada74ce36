package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Json;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.SignedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A client of a [RepositorySimulator] with its store in a real folder. Each call starts afresh
/// from that folder, as a process would.
final class SimulatedDevice {
  private final RepositorySimulator repository;
  private final Path folder;
  private final byte[] initialRoot;

  SimulatedDevice(RepositorySimulator repository, Path folder) {
    this.repository = repository;
    this.folder = folder;
    this.initialRoot = repository.initialRoot();
  }

  Updater updater() {
    return Updaters.make(initialRoot, new DirectoryStore(folder), repository);
  }

  RefreshResult refresh(Instant now) {
    return updater().refresh(now);
  }

  void refreshes(Instant now) {
    var result = refresh(now);
    switch (result) {
      case RefreshResult.Updated _, RefreshResult.Unchanged _ -> {}
      case RefreshResult.Refused _, RefreshResult.Unreachable _ ->
          throw new AssertionError(result.toString());
    }
  }

  void refuses(Family family, Instant now) {
    var result = refresh(now);
    var refused = assertInstanceOf(RefreshResult.Refused.class, result);
    assertEquals(family, refused.family(), refused.message());
  }

  /// What looking for a target comes to after a refresh that succeeds.
  TargetResult target(String path, Instant now) {
    var updater = updater();
    var result = updater.refresh(now);
    if (result instanceof RefreshResult.Refused || result instanceof RefreshResult.Unreachable) {
      throw new AssertionError(result.toString());
    }
    return updater.target(path);
  }

  String content(String path, Instant now) {
    var result = target(path, now);
    return text(assertInstanceOf(TargetResult.Found.class, result, result.toString()).target());
  }

  void refusesTarget(Family family, String path, Instant now) {
    var result = target(path, now);
    var refused = assertInstanceOf(TargetResult.Refused.class, result, result.toString());
    assertEquals(family, refused.family(), refused.message());
  }

  /// The content of the target verified last, or null.
  @Nullable String lastVerified(String path) {
    var target = updater().lastVerified(path);
    return target == null ? null : text(target);
  }

  private static String text(VerifiedTarget target) {
    return new String(target.content(), StandardCharsets.UTF_8);
  }

  /// The stored metadata with versions, and how many targets: all that is on disk.
  String disk() {
    var names = new TreeSet<String>();
    var targets = 0;
    for (var file : files()) {
      var name = folder.relativize(file).toString().replace('\\', '/');
      if (name.endsWith(".json")) {
        names.add(name + "=" + version(file));
      } else if (name.matches("targets/[0-9a-f]{64}\\.proven")) {
        targets++;
      } else {
        throw new AssertionError("unexpected file " + name);
      }
    }
    return String.join(" ", names).replace(".json", "") + (targets > 0 ? " +" + targets : "");
  }

  SortedSet<Path> files() {
    try (var walk = Files.walk(folder)) {
      var files = new TreeSet<Path>();
      walk.filter(Files::isRegularFile).forEach(files::add);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long version(Path file) {
    try {
      var signed = SignedFile.read(Files.readAllBytes(file), "stored file").signed();
      return signed.get("version") instanceof Json.Int(var version) ? version : -1;
    } catch (IOException | RepositoryException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
