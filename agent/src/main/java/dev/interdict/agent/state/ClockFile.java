package dev.interdict.agent.state;

import dev.interdict.agent.time.Dispute;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.Witness;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Keeps the mark of the trusted clock, for its owner alone. Whatever is damaged, implausible or no
/// regular file counts as none: time then starts from what people signed last and is raised by the
/// next signed statement, so a date comes late rather than early.
public final class ClockFile {
  private static final int MOST_BYTES = 4 << 10;
  private static final long MOST_MILLIS = 1L << 52;

  private ClockFile() {}

  /// The mark in `file`, or null.
  public static TrustedClock.@Nullable Mark load(Path file) {
    var faults = new ArrayList<Fault>();
    try {
      var bytes = DurableFile.read(file, MOST_BYTES);
      if (bytes == null || bytes.length > MOST_BYTES) {
        return null;
      }
      var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
      var mark =
          new TrustedClock.Mark(
              instant(fields, "floor"),
              fields.text("boot"),
              Duration.ofMillis(fields.integer("since-boot", 0, MOST_MILLIS)),
              instant(fields, "confirmed"),
              Duration.ofMillis(fields.optionalInteger("moved", 0, MOST_MILLIS, 0)),
              fields.choice("by", Witness.class),
              fields.flag("anchored", false),
              Instant.ofEpochMilli(fields.integer("wall-at-boot", -MOST_MILLIS, MOST_MILLIS)),
              fields.flag("stepped", false),
              dispute(fields.optionalObject("dispute")));
      fields.end();
      return faults.isEmpty() && plausible(mark) ? mark : null;
    } catch (IOException | JsonException e) {
      return null;
    }
  }

  /// Nothing was confirmed or heard after the mark itself was made.
  private static boolean plausible(TrustedClock.Mark mark) {
    var dispute = mark.dispute();
    return !mark.confirmed().plus(mark.moved()).isAfter(mark.floor())
        && (dispute == null
            || !dispute.heard().isAfter(mark.floor()) && !dispute.since().isAfter(dispute.heard()));
  }

  private static @Nullable Dispute dispute(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    var dispute =
        new Dispute(
            instant(fields, "stated"),
            instant(fields, "heard"),
            fields.text("boot"),
            instant(fields, "since"));
    fields.end();
    return dispute;
  }

  private static Instant instant(Fields fields, String name) {
    return Instant.ofEpochMilli(fields.integer(name, 0, MOST_MILLIS));
  }

  /// Writes `mark` down.
  public static void save(Path file, TrustedClock.Mark mark) throws IOException {
    var dispute = mark.dispute();
    DurableFile.write(
        file,
        JsonWriter.compact(
            Json.object()
                .put("floor", mark.floor().toEpochMilli())
                .put("boot", mark.bootId())
                .put("since-boot", mark.sinceBoot().toMillis())
                .put("confirmed", mark.confirmed().toEpochMilli())
                .put("moved", mark.moved().toMillis())
                .put("by", Fields.written(mark.by()))
                .put("anchored", mark.anchored())
                .put("wall-at-boot", mark.wallAtBoot().toEpochMilli())
                .put("stepped", mark.stepped())
                .put("dispute", dispute == null ? null : written(dispute))
                .build()));
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static Json.Obj written(Dispute dispute) {
    return Json.object()
        .put("stated", dispute.stated().toEpochMilli())
        .put("heard", dispute.heard().toEpochMilli())
        .put("boot", dispute.boot())
        .put("since", dispute.since().toEpochMilli())
        .build();
  }
}
