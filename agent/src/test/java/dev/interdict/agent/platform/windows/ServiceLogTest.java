package dev.interdict.agent.platform.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
  private static final Instant DAY = Instant.parse("2026-07-10T00:00:00Z");

  @TempDir private Path folder;

  private void file(String name, int days) throws Exception {
    var file = Files.writeString(folder.resolve(name), "x");
    Files.setLastModifiedTime(file, FileTime.from(DAY.plusSeconds(days * 86_400L)));
  }

  @Test
  void what_the_host_wrote_long_ago_goes_and_nothing_else() throws Exception {
    file("service.2026-06-01.log", -39);
    file("interdictagent-stderr.2026-06-01.log", -39);
    // A service that ran on wrote into the file of the day it was started on.
    file("interdictagent-stdout.2026-06-01.log", 1);
    file("service.2026-07-11.log", 1);
    file("agent.log", -39);
    file("agent.1.log", -39);
    file("notes.2026-06-01.txt", -39);
    Files.createDirectory(folder.resolve("folder.2026-06-01.log"));
    ServiceLog.sweep(folder, DAY);
    try (var left = Files.list(folder)) {
      assertEquals(
          List.of(
              "agent.1.log",
              "agent.log",
              "folder.2026-06-01.log",
              "interdictagent-stdout.2026-06-01.log",
              "notes.2026-06-01.txt",
              "service.2026-07-11.log"),
          left.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }
}
