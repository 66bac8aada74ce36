package dev.interdict.agent.state;

import dev.interdict.identity.Printable;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Why the last try to join a server failed: the package tries with nobody watching, and who asks
/// `doctor` later is to read more than that it has not joined.
///
/// @param at by this computer's clock
/// @param why in words for an administrator; the server may have had a say in them
public record FailedJoin(Instant at, String why) {
  private static final int MOST_TEXT = 500;
  private static final int MOST_BYTES = 8 << 10;

  /// What of `why` is not fit to be shown is written out, and the rest cut.
  public FailedJoin {
    why = Printable.of(why, MOST_TEXT);
  }

  /// What is kept in `state`; null where nothing is, or nothing that can be read: it is news, and
  /// no decision hangs on it.
  public static @Nullable FailedJoin load(StateDirectory state) {
    try {
      var bytes = DurableFile.read(state.failedJoin(), MOST_BYTES);
      if (bytes == null || bytes.length > MOST_BYTES) {
        return null;
      }
      var faults = new ArrayList<Fault>();
      var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
      var failed = new FailedJoin(Instant.parse(fields.text("at")), fields.text("why"));
      return faults.isEmpty() ? failed : null;
    } catch (IOException | JsonException | DateTimeException e) {
      return null;
    }
  }

  /// Writes it down in place of the one before.
  public void save(StateDirectory state) throws IOException {
    DurableFile.write(
        state.failedJoin(),
        JsonWriter.compact(Json.object().put("at", at.toString()).put("why", why).build()));
  }

  /// The next try went well.
  public static void forget(StateDirectory state) throws IOException {
    Files.deleteIfExists(state.failedJoin());
  }
}
