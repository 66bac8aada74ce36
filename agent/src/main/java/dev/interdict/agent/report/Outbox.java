package dev.interdict.agent.report;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.Footing;
import dev.interdict.report.ReportJson;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reports that the server does not have yet: one file each, named by sequence, holding the exact
/// bytes. Bounded: while the server is away the oldest give way, which their sequence numbers show.
/// Beside them the last ones that it answered, those that it refused under a name that says so.
/// Thread-safe.
public final class Outbox {
  /// Most that wait.
  public static final int MOST = 200;

  /// A server that says a device forgot more reports than this is not believed.
  private static final long MOST_FORGOTTEN = 1_000_000;

  private final Path directory;
  private final ReportFiles files;
  private long sequence;
  private @Nullable String hash;
  private Footing.Taken taken = Footing.Taken.NONE;

  /// A report as it is kept here.
  ///
  /// @param status with which the server refused it for good; [#WAITING] or [#DELIVERED]
  public record Kept(long sequence, byte[] bytes, int status) {
    /// The server has not answered it yet.
    public static final int WAITING = 0;

    /// The server has it.
    public static final int DELIVERED = 200;
  }

  /// One waiting report.
  public record Waiting(long sequence, byte[] bytes) {}

  private Outbox(Path directory) {
    this.directory = directory;
    this.files = new ReportFiles(directory);
  }

  /// Opens the outbox in `directory`, going on with the sequence that was reached. Where the note
  /// of it is damaged, the newest report that is kept says how far it was. A report that is damaged
  /// is set aside and never sent; that its number is missing tells the server.
  ///
  /// @throws IOException if it can be neither read nor created
  public static Outbox open(Path directory) throws IOException {
    Files.createDirectories(directory);
    var outbox = new Outbox(directory);
    outbox.readLast();
    outbox.readTaken();
    // A crash between the report and the note of it: the report counts.
    for (var file : outbox.files.waiting()) {
      outbox.goOnFrom(file);
    }
    return outbox;
  }

  private void goOnFrom(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    var number = ReportFiles.sequence(file);
    try {
      JsonReader.read(bytes, JsonLimits.OWN);
    } catch (JsonException e) {
      ReportFiles.setAside(file);
      // What it held cannot be told any more, nor its hash; its number was used.
      sequence = Math.max(sequence, number);
      return;
    }
    if (number > sequence) {
      reached(number, bytes);
    }
  }

  /// Adds the report that `compose` makes of its sequence number and the hash of the one before.
  public synchronized void add(BiFunction<Long, @Nullable String, byte[]> compose)
      throws IOException {
    var bytes = compose.apply(sequence + 1, hash);
    DurableFile.write(files.file(sequence + 1), bytes);
    reached(sequence + 1, bytes);
    files.keep(MOST);
  }

  /// The reports that wait, oldest first.
  public synchronized List<Waiting> waiting() throws IOException {
    var waiting = new ArrayList<Waiting>();
    for (var file : files.waiting()) {
      waiting.add(new Waiting(ReportFiles.sequence(file), Files.readAllBytes(file)));
    }
    return waiting;
  }

  /// The server has it.
  ///
  /// @return whether that is news
  public synchronized boolean delivered(long sequence) throws IOException {
    var file = files.file(sequence);
    if (!Files.exists(file)) {
      return false;
    }
    if (sequence > taken.sequence()) {
      // Noted first: what is interrupted here is sent again, and answered the same.
      note("taken", new Footing.Taken(sequence, ReportJson.hash(Files.readAllBytes(file))));
    }
    files.delivered(sequence);
    return true;
  }

  /// The server refused it for good with that HTTP status; it is not sent again.
  public synchronized void refused(long sequence, int status) throws IOException {
    if (Files.exists(files.file(sequence))) {
      files.refused(sequence, status);
    }
  }

  /// Whether a server that expects `next` has later reports than were made here.
  public synchronized boolean isBehind(long next) {
    return hash != null && next > sequence + 1 && next <= sequence + MOST_FORGOTTEN;
  }

  /// Whether a server that expects `next` has reports of which this device does not know that it
  /// has them.
  public synchronized boolean isUnknown(long next) {
    return next > taken.sequence() + 1 && next <= sequence + MOST_FORGOTTEN;
  }

  /// Goes on at `next`, since the server knows of reports of this device that it does not: its
  /// memory is of an earlier time. What is here is believed where it is later.
  ///
  /// @return whether that is so
  public synchronized boolean resume(long next) throws IOException {
    var before = hash;
    if (!isBehind(next) || before == null) {
      return false;
    }
    note("last", new Footing.Taken(next - 1, before));
    sequence = next - 1;
    return true;
  }

  /// The last report of which this device knows that the server has it.
  public synchronized Footing.Taken taken() {
    return taken;
  }

  /// Whether the last report composed is with the server, or waits to get there.
  public synchronized boolean lastHolds() {
    return sequence > 0 && (taken.sequence() == sequence || Files.exists(files.file(sequence)));
  }

  /// That report itself, if it is still kept.
  public synchronized @Nullable Waiting lastTaken() throws IOException {
    var file = files.sent(taken.sequence());
    if (taken.sequence() == 0 || !Files.exists(file)) {
      return null;
    }
    var bytes = Files.readAllBytes(file);
    return ReportJson.hash(bytes).equals(taken.hash())
        ? new Waiting(taken.sequence(), bytes)
        : null;
  }

  /// The newest reports, waiting and sent, newest first: so that people can see what is told.
  ///
  /// @param most bytes in all; no more than that is read
  public synchronized List<Kept> newest(long most) throws IOException {
    return files.newest(most);
  }

  /// The sequence number of the last report composed; 0 before the first.
  public synchronized long sequence() {
    return sequence;
  }

  private void readLast() throws IOException {
    try {
      var last = read("last");
      sequence = last.sequence();
      hash = last.sequence() == 0 ? null : last.hash();
    } catch (JsonException e) {
      readNewest(directory.resolve("last"), e);
    }
  }

  /// Without it the server has to say by itself how this device goes on.
  private void readTaken() throws IOException {
    try {
      taken = read("taken");
    } catch (JsonException e) {
      taken = Footing.Taken.NONE;
    }
  }

  private Footing.Taken read(String name) throws IOException, JsonException {
    var file = directory.resolve(name);
    if (!Files.exists(file)) {
      return Footing.Taken.NONE;
    }
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(Files.readAllBytes(file), JsonLimits.OWN), faults);
    var noted = fields.integer("sequence", 1, Long.MAX_VALUE);
    var digest = fields.text("hash");
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    try {
      return new Footing.Taken(noted, digest);
    } catch (IllegalArgumentException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  private void readNewest(Path last, JsonException damage) throws IOException {
    var kept = files.newest(Long.MAX_VALUE);
    if (kept.isEmpty()) {
      throw new IOException(
          last + " is damaged: " + damage.getMessage() + "; enrol this device anew to start over",
          damage);
    }
    reached(kept.getFirst().sequence(), kept.getFirst().bytes());
  }

  private void reached(long sequence, byte[] bytes) throws IOException {
    var digest = ReportJson.hash(bytes);
    this.sequence = sequence;
    hash = digest;
    note("last", new Footing.Taken(sequence, digest));
  }

  private void note(String name, Footing.Taken report) throws IOException {
    DurableFile.write(
        directory.resolve(name),
        JsonWriter.compact(
            Json.object().put("sequence", report.sequence()).put("hash", report.hash()).build()));
    if (name.equals("taken")) {
      taken = report;
    }
  }
}
