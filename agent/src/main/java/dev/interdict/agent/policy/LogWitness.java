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

/// Remembers, in one file, what verified timestamps told of the server's audit log, so that whoever
/// writes its past anew is told on by the devices. It decides nothing: policy is taken whatever the
/// log looks like. A file that cannot be read is forgotten. Not thread-safe.
public final class LogWitness {
  /// How long a contradiction is told of after it was seen.
  private static final Duration TOLD = Duration.ofDays(30);

  private final Path file;
  private WitnessedHeads seen;

  private LogWitness(Path file, WitnessedHeads seen) {
    this.file = file;
    this.seen = seen;
  }

  /// Opens what `file` keeps; it need not exist.
  ///
  /// @throws IOException if it is there and cannot be read
  public static LogWitness open(Path file) throws IOException {
    var bytes = DurableFile.read(file, WitnessedHeads.MOST_BYTES);
    try {
      return new LogWitness(file, bytes == null ? WitnessedHeads.NONE : WitnessedHeads.read(bytes));
    } catch (JsonException e) {
      return new LogWitness(file, WitnessedHeads.NONE);
    }
  }

  /// Keeps a head; on disk when this returns, where it tells anything new.
  ///
  /// @param at when the timestamp that told it was signed
  /// @return what is wrong with the log, in words; null if nothing was of late
  public @Nullable String see(LogHead head, Instant at) throws IOException {
    var next = seen.with(head, at);
    if (next != seen) {
      DurableFile.write(file, next.write());
      seen = next;
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
}
