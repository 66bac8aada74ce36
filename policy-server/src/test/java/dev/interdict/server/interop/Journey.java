package dev.interdict.server.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Readers that follow a repository through all its changes: one that was there from the start, and
/// at each step one that only has the first root.
final class Journey {
  private final ChangingRepository repository;
  private final Path folder;
  private final URI address;

  Journey(ChangingRepository repository, Path folder, URI address) {
    this.repository = repository;
    this.folder = folder;
    this.address = address;
  }

  void follow(Map<String, ? extends Reader> readers) throws Exception {
    var step = 0;
    for (var change : repository.steps().entrySet()) {
      change.getValue().call();
      for (var reader : readers.entrySet()) {
        for (var state : List.of("constant", "fresh-" + step)) {
          var place = state(reader.getKey() + "-" + state);
          var what = reader.getKey() + ", " + state + ", after: " + change.getKey();
          check(reader.getValue().read(place, address, repository.paths()), what);
        }
      }
      step++;
    }
  }

  private void check(Map<String, byte[]> contents, String what) {
    assertEquals(repository.expected().keySet(), contents.keySet(), what);
    repository
        .expected()
        .forEach((path, content) ->
            assertArrayEquals(content, contents.get(path), path + " by " + what));
  }

  /// A reader that starts now must not take it.
  void refused(Map<String, ? extends Reader> readers, String why) {
    readers.forEach((name, reader) ->
        assertThrows(
            Reader.RefusedException.class,
            () -> reader.read(state(name + "-" + why), address, repository.paths()),
            name));
  }

  private Path state(String name) throws IOException {
    var state = Files.createDirectories(folder.resolve(name));
    var root = state.resolve("root.json");
    if (!Files.exists(root)) {
      try {
        Files.write(root, repository.initialRoot());
      } catch (dev.interdict.trust.metadata.RepositoryException e) {
        throw new IOException(e);
      }
    }
    return state;
  }
}
