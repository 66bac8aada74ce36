package dev.interdict.agent.policy;

import dev.interdict.json.JsonException;
import dev.interdict.trust.DurableFile;
import dev.interdict.trust.WitnessedHeads;
import dev.interdict.trust.metadata.LogHead;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers, in one file, what verified timestamps told of the server's audit log, so that whoever
/// writes its past anew is told on by the devices. It decides nothing: policy is taken whatever the
/// log looks like, and whatever the disk does. A file that cannot be read is forgotten; what cannot
/// be written is known until the agent ends. Not thread-safe.
public final class LogWitness {
  private static final Logger LOG = LoggerFactory.getLogger(LogWitness.class);

  /// How long a contradiction is told of after it was seen.
  private static final Duration TOLD = Duration.ofDays(30);

  private final Path file;
  private WitnessedHeads seen;

  private LogWitness(Path file, WitnessedHeads seen) {
    this.file = file;
    this.seen = seen;
  }

  /// Opens what `file` keeps; it need not exist.
  public static LogWitness open(Path file) {
    try {
      var bytes = DurableFile.read(file, WitnessedHeads.MOST_BYTES);
      return new LogWitness(file, bytes == null ? WitnessedHeads.NONE : WitnessedHeads.read(bytes));
    } catch (IOException | JsonException e) {
      LOG.atDebug()
          .setCause(e)
          .addKeyValue("file", file)
          .log("what was seen of the server's audit log cannot be read, and is forgotten");
      return new LogWitness(file, WitnessedHeads.NONE);
    }
  }

  /// Keeps a head; on disk when this returns, where it tells anything new and the disk takes it.
  ///
  /// @param at when the timestamp that told it was signed
  /// @return what is wrong with the log, in words; null if nothing was of late
  public @Nullable String see(LogHead head, Instant at) {
    var next = seen.with(head, at);
    if (next != seen) {
      seen = next;
      keep();
    }
    if (seen.contradictions().isEmpty()) {
      return null;
    }
    var last = seen.contradictions().getLast();
    return last.at().plus(TOLD).isBefore(at)
        ? null
        : "the server's audit log at entry "
            + last.head().length()
            + ", as it was signed at "
            + last.at()
            + ", is not the log that was seen before";
  }

  private void keep() {
    try {
      DurableFile.write(file, seen.write());
    } catch (IOException e) {
      LOG.atDebug()
          .setCause(e)
          .addKeyValue("file", file)
          .log("what was seen of the server's audit log cannot be kept on disk");
    }
  }
}
