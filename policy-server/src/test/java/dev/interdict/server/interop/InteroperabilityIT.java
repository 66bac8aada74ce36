package dev.interdict.server.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.MovableClock;
import dev.interdict.server.main.TestingServer;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the device listener serves is read alike by our client and by another project's.
@Tag("any-database")
class InteroperabilityIT {
  @TempDir Path folder;

  @Test
  void our_client_and_tuf_js_read_the_same_through_every_change() throws Exception {
    var readers =
        Map.of(
            "tuf-js",
            TufJs.install(Files.createDirectory(folder.resolve("tuf-js"))),
            "own",
            new OwnReader());
    try (var server = new TestingServer(folder, new MovableClock(Instant.now()))) {
      var repository = folder.resolve("repository");
      var changing = new ChangingRepository(repository);
      var address = server.device(Routes.TUF).build().uri().toString();
      var journey =
          new Journey(
              changing,
              Files.createDirectory(folder.resolve("readers")),
              URI.create(address.substring(0, address.length() - 1)));
      journey.follow(readers);

      var list = newest(repository.resolve("targets/blocklist/div/rnd"));
      var content = Files.readString(list);
      Files.writeString(list, content.replace("number", "Number"));
      journey.refused(readers, "changed-list");
      Files.writeString(list, content);

      var timestamp = repository.resolve("timestamp.json");
      var signed = Files.readString(timestamp);
      assertTrue(signed.contains("\"version\":"), signed);
      Files.writeString(timestamp, signed.replaceFirst("\"version\":\\s*", "\"version\":1"));
      journey.refused(readers, "changed-timestamp");
    }
  }

  private static Path newest(Path lists) throws IOException {
    Path newest = null;
    try (var files = Files.list(lists)) {
      for (var file : files.toList()) {
        if (newest == null
            || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0) {
          newest = file;
        }
      }
    }
    if (newest == null) {
      throw new IOException("no list in " + lists);
    }
    return newest;
  }
}
