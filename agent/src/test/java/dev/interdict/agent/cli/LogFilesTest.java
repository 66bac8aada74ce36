package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.support.Bundle;
import dev.interdict.support.Redaction;
import dev.interdict.support.Unpacked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the service's own log files give to whoever helps, where there is no journal.
class LogFilesTest {
  @TempDir Path folder;
  private Path logs;

  @BeforeEach
  void make() throws Exception {
    logs = Files.createDirectory(folder.resolve("logs"));
  }

  private Map<String, String> bundle(boolean whole) throws Exception {
    var redaction = new Redaction().name(Redaction.Kind.USER, "canaryperson");
    var bundle = new Bundle("test", Instant.EPOCH, redaction);
    assertEquals(whole, new LogFiles(logs).into(bundle));
    var to = folder.resolve("bundle.zip");
    bundle.write(to);
    return Unpacked.of(to);
  }

  private void log(String name, String text, int day) throws Exception {
    var file = Files.writeString(logs.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(day * 86_400L)));
  }

  @Test
  void the_ends_of_the_newest_are_in_it_without_anybody_s_name() throws Exception {
    log("agent.log", "x".repeat(LogFiles.MOST_BYTES) + "\nthe end of canaryperson\n", 9);
    for (var day = 1; day < 9; day++) {
      log("service." + day + ".log", "day " + day, day);
    }
    log("other.txt", "no log", 10);
    var entries = bundle(true);
    var end = Objects.requireNonNull(entries.get("log/agent.log"));
    assertTrue(end.startsWith("the end of "), end);
    assertFalse(end.contains("canaryperson"), end);
    assertEquals("day 8", Objects.requireNonNull(entries.get("log/service.8.log")).strip());
    assertTrue(entries.containsKey("log/service.4.log"));
    assertFalse(entries.containsKey("log/service.3.log"), "the older ones are left out");
    assertFalse(entries.containsKey("log/other.txt"));
  }

  @Test
  void where_there_is_none_the_manifest_says_so() throws Exception {
    assertTrue(Objects.requireNonNull(bundle(false).get("manifest.json")).contains("holds no log"));
    Files.delete(folder.resolve("bundle.zip"));
    Files.delete(logs);
    assertTrue(
        Objects.requireNonNull(bundle(false).get("manifest.json")).contains("cannot be read"));
  }
}
