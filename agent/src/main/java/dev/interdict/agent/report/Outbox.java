package dev.interdict.agent.report;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.ReportJson;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reports that the server does not have yet: one file each, named by sequence, holding the exact
/// bytes. Bounded: while the server is away the oldest give way, which their sequence numbers show.
/// Thread-safe.
public final class Outbox {
  private static final int MOST = 200;
  private static final int MOST_SENT = 20;

  private final Path directory;
  private long sequence;
  private @Nullable String hash;

  /// A report as it is kept here.
  ///
  /// @param delivered whether the server has it
  public record Kept(long sequence, byte[] bytes, boolean delivered) {}

  /// One waiting report.
  public record Waiting(long sequence, byte[] bytes) {}

  private Outbox(Path directory) {
    this.directory = directory;
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
    // A crash between the report and the note of it: the report counts.
    for (var file : files(directory)) {
      outbox.goOnFrom(file);
    }
    return outbox;
  }

  private void goOnFrom(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    var number = sequence(file);
    try {
      JsonReader.read(bytes, JsonLimits.OWN);
    } catch (JsonException e) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
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
    DurableFile.write(file(sequence + 1), bytes);
    reached(sequence + 1, bytes);
    var files = files(directory);
    for (var i = 0; i < files.size() - MOST; i++) {
      Files.delete(files.get(i));
    }
  }

  /// The reports that wait, oldest first.
  public synchronized List<Waiting> waiting() throws IOException {
    return read(files(directory));
  }

  private static List<Waiting> read(List<Path> files) throws IOException {
    var waiting = new ArrayList<Waiting>();
    for (var file : files) {
      waiting.add(new Waiting(sequence(file), Files.readAllBytes(file)));
    }
    return waiting;
  }

  private static long sequence(Path file) {
    var name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - 5));
  }

  /// The server has it.
  public synchronized void delivered(long sequence) throws IOException {
    if (!Files.exists(file(sequence))) {
      return;
    }
    var sent = Files.createDirectories(directory.resolve("sent"));
    Files.move(
        file(sequence),
        sent.resolve(file(sequence).getFileName()),
        StandardCopyOption.REPLACE_EXISTING);
    var files = files(sent);
    for (var i = 0; i < files.size() - MOST_SENT; i++) {
      Files.delete(files.get(i));
    }
  }

  /// The newest reports, waiting and sent, newest first: so that people can see what is told.
  ///
  /// @param most bytes in all; no more than that is read
  public synchronized List<Kept> newest(long most) throws IOException {
    var sent = directory.resolve("sent");
    var delivered = Files.isDirectory(sent) ? files(sent) : List.<Path>of();
    var newest = new ArrayList<Kept>();
    var left = most;
    for (var file :
        Stream.concat(delivered.stream(), files(directory).stream()).toList().reversed()) {
      left -= Files.size(file);
      if (left < 0) {
        break;
      }
      newest.add(new Kept(sequence(file), Files.readAllBytes(file), file.startsWith(sent)));
    }
    return newest;
  }

  /// The sequence number of the last report composed; 0 before the first.
  public synchronized long sequence() {
    return sequence;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var list = Files.list(folder)) {
      return list.filter(file -> file.getFileName().toString().matches("[0-9]{12}\\.json"))
          .sorted()
          .toList();
    }
  }

  private Path file(long sequence) {
    return directory.resolve("%012d.json".formatted(sequence));
  }

  private void readLast() throws IOException {
    var last = directory.resolve("last");
    if (!Files.exists(last)) {
      return;
    }
    var faults = new ArrayList<Fault>();
    try {
      var fields = Fields.of(JsonReader.read(Files.readAllBytes(last), JsonLimits.OWN), faults);
      var noted = fields.integer("sequence", 1, Long.MAX_VALUE);
      var digest = fields.text("hash");
      if (!faults.isEmpty()) {
        throw new JsonException(faults.getFirst().toString());
      }
      sequence = noted;
      hash = digest;
    } catch (JsonException e) {
      readNewest(last, e);
    }
  }

  private void readNewest(Path last, JsonException damage) throws IOException {
    var kept = newest(Long.MAX_VALUE);
    if (kept.isEmpty()) {
      throw new IOException(
          last + " is damaged: " + damage.getMessage() + "; enrol this device anew to start over",
          damage);
    }
    var newest = kept.stream().max(Comparator.comparingLong(Kept::sequence)).orElseThrow();
    reached(newest.sequence(), newest.bytes());
  }

  private void reached(long sequence, byte[] bytes) throws IOException {
    this.sequence = sequence;
    this.hash = ReportJson.hash(bytes);
    DurableFile.write(
        directory.resolve("last"),
        JsonWriter.compact(Json.object().put("sequence", sequence).put("hash", this.hash).build()));
  }
}
