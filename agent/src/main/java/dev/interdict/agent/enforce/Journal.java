package dev.interdict.agent.enforce;

import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The append-only file of what was begun and what was achieved. A record is a four-byte length, a
/// four-byte CRC-32C and as many bytes of JSON; it is on disk when [#append] returns.
///
/// A record that does not check is skipped and counted, never fatal: what it spoke of stays where
/// it is. Half a record at the end, as a crash leaves it, is cut off. One process at a time may
/// have it open. Not thread-safe.
public final class Journal implements AutoCloseable {
  private static final int HEADER = 8;
  private static final int LONGEST = 1 << 20;

  private final FileChannel channel;
  private final Steps steps;
  private final List<JournalRecord> records = new ArrayList<>();
  private int damaged;

  private Journal(FileChannel channel, Steps steps) {
    this.channel = channel;
    this.steps = steps;
  }

  /// Opens the journal, which lies where only its owner may write.
  ///
  /// @throws IOException if it cannot be read, or another process has it open
  public static Journal open(Path file, Steps steps) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel);
      var journal = new Journal(channel, steps);
      journal.read();
      return journal;
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw new IOException("another process works with this quarantine");
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException("this process works with this quarantine already", e);
    }
  }

  private void read() throws IOException {
    var size = channel.size();
    var at = 0L;
    while (at < channel.size()) {
      var length = recordAt(at, size);
      if (length > 0) {
        at += HEADER + length;
        continue;
      }
      damaged++;
      at = nextRecord(at, size);
    }
    channel.position(at);
    // A process that was killed may have written what it never forced; we act on it from here.
    steps.before("journal force");
    channel.force(true);
  }

  /// Where reading goes on after bytes that are no record; what no record follows is cut off.
  private long nextRecord(long at, long size) throws IOException {
    for (var next = at + 1; next < size; next++) {
      var length = recordAt(next, size);
      if (length > 0) {
        return next + HEADER + length;
      }
    }
    channel.truncate(at);
    return at;
  }

  /// Takes in the record that begins there.
  ///
  /// @return its length, 0 where none begins
  private int recordAt(long at, long size) throws IOException {
    if (at + HEADER > size) {
      return 0;
    }
    var header = bytes(at, HEADER);
    var length = header.getInt();
    var crc = header.getInt();
    if (length <= 0 || length > LONGEST || at + HEADER + length > size) {
      return 0;
    }
    var json = bytes(at + HEADER, length).array();
    if (crc(json) != crc) {
      return 0;
    }
    try {
      records.add(JournalJson.read(JsonReader.read(json, JsonLimits.OWN)));
    } catch (JsonException _) {
      damaged++;
    }
    return length;
  }

  private ByteBuffer bytes(long at, int length) throws IOException {
    var buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
    return buffer.flip();
  }

  private static int crc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /// Adds a record; it is on disk when this returns.
  ///
  /// @throws IOException if it could not be written, in which case the act must not be begun
  public void append(JournalRecord record) throws IOException {
    var json = JsonWriter.compact(JournalJson.write(record));
    var buffer = ByteBuffer.allocate(HEADER + json.length);
    buffer.putInt(json.length).putInt(crc(json)).put(json).flip();
    var start = channel.position();
    try {
      steps.before("journal write");
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      steps.before("journal force");
      channel.force(true);
    } catch (IOException e) {
      channel.truncate(start);
      throw e;
    }
    records.add(record);
  }

  /// All records that check, oldest first.
  public List<JournalRecord> records() {
    return List.copyOf(records);
  }

  /// Records that did not check when the journal was opened.
  public int damaged() {
    return damaged;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
