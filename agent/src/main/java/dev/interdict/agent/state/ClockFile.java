package dev.interdict.agent.state;

import dev.interdict.agent.time.TrustedClock;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Keeps the mark of the trusted clock. A damaged file counts as none: time then starts low and is
/// raised by the next signed statement, so a date comes late rather than early.
public final class ClockFile {
  private ClockFile() {}

  /// The mark in `file`, or null.
  public static TrustedClock.@Nullable Mark load(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    var faults = new ArrayList<Fault>();
    try {
      var fields = Fields.of(JsonReader.read(Files.readAllBytes(file), JsonLimits.OWN), faults);
      var mark =
          new TrustedClock.Mark(
              Instant.ofEpochMilli(fields.integer("floor", 0, 1L << 52)),
              fields.text("boot"),
              Duration.ofMillis(fields.integer("since-boot", 0, 1L << 52)));
      return faults.isEmpty() ? mark : null;
    } catch (JsonException e) {
      return null;
    }
  }

  /// Writes `mark` down.
  public static void save(Path file, TrustedClock.Mark mark) throws IOException {
    DurableFile.write(
        file,
        JsonWriter.compact(
            Json.object()
                .put("floor", mark.floor().toEpochMilli())
                .put("boot", mark.bootId())
                .put("since-boot", mark.sinceBoot().toMillis())
                .build()));
  }
}
