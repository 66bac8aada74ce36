package dev.interdict.agent.ledger;

import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/// The append-only file of [Entry] lines, each with its checksum and forced to disk before the act
/// it announces. A line that does not check is set aside beside the ledger, never fatal: the worst
/// it costs is a notice shown twice. Thread-safe.
public final class Ledger implements AutoCloseable {
  private static final int COMPACT_ABOVE = 4096;
  private static final int ACTS_KEPT = 50;

  private final Path directory;
  private final Path file;
  private final Map<RuleId, RuleMemory> memories = new ConcurrentHashMap<>();
  private FileChannel channel;
  private int lines;
  private int damaged;
  private boolean torn;

  /// How long the file was before the line that may be torn.
  private long whole;

  private Ledger(Path directory, Path file, FileChannel channel) {
    this.directory = directory;
    this.file = file;
    this.channel = channel;
  }

  /// Opens the ledger in `directory`, reading what is there.
  ///
  /// @throws IOException if it can be neither read nor created
  public static Ledger open(Path directory) throws IOException {
    var file = directory.resolve("ledger");
    var isNew = Files.notExists(file);
    var ledger = new Ledger(directory, file, append(file));
    try {
      ledger.readAll();
      if (ledger.damaged > 0 || ledger.torn || ledger.lines > COMPACT_ABOVE) {
        ledger.compact();
      } else if (isNew) {
        DurableFile.flush(directory);
      }
      return ledger;
    } catch (IOException e) {
      ledger.close();
      throw e;
    }
  }

  /// Remembers `entry`; it is on disk when this returns.
  public synchronized void append(Entry entry) throws IOException {
    if (torn) {
      // What a refused write left would take this line with it.
      channel.truncate(whole);
      torn = false;
    }
    whole = channel.size();
    torn = true;
    write(channel, entry);
    channel.force(false);
    torn = false;
    keep(entry);
  }

  /// The memory of one rule; empty for one that was never met.
  public RuleMemory of(RuleId rule) {
    return memories.computeIfAbsent(rule, _ -> new RuleMemory());
  }

  /// The rules of which anything is remembered.
  public Set<RuleId> rules() {
    return Set.copyOf(memories.keySet());
  }

  /// How many lines were damaged and set aside when it was opened.
  public int damaged() {
    return damaged;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void keep(Entry entry) {
    of(entry.rule()).add(entry);
    lines++;
  }

  private void readAll() throws IOException {
    var bad = new ArrayList<String>();
    var text = Files.readString(file, StandardCharsets.ISO_8859_1);
    // A line whose end was lost would take the next one with it.
    torn = !text.isEmpty() && !text.endsWith("\n");
    for (var line : text.split("\n")) {
      if (line.isEmpty()) {
        continue;
      }
      try {
        keep(EntryJson.read(JsonReader.read(checked(line), JsonLimits.OWN)));
      } catch (JsonException e) {
        bad.add(line);
      }
    }
    damaged = bad.size();
    if (!bad.isEmpty()) {
      Files.write(
          file.resolveSibling("ledger.damaged"),
          bad,
          StandardCharsets.ISO_8859_1,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static byte[] checked(String line) throws JsonException {
    var bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 10 || !line.startsWith(crc(bytes, 9) + " ")) {
      throw new JsonException("ledger line fails its checksum");
    }
    return java.util.Arrays.copyOfRange(bytes, 9, bytes.length);
  }

  private static String crc(byte[] bytes, int from) {
    var crc = new CRC32();
    crc.update(bytes, from, bytes.length - from);
    return "%08x".formatted(crc.getValue());
  }

  private static void write(FileChannel channel, Entry entry) throws IOException {
    var json = JsonWriter.compact(EntryJson.write(entry));
    var line = ByteBuffer.allocate(json.length + 10);
    line.put((crc(json, 0) + " ").getBytes(StandardCharsets.US_ASCII)).put(json).put((byte) '\n');
    line.flip();
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  /// Rewrites the file with what still matters, by a whole new file that takes its place.
  private void compact() throws IOException {
    var fresh = file.resolveSibling("ledger.new");
    Files.deleteIfExists(fresh);
    lines = 0;
    try (var out = append(fresh)) {
      for (var memory : memories.values()) {
        var kept = kept(memory.entries());
        memory.entries().clear();
        for (var entry : kept) {
          write(out, entry);
          memory.add(entry);
          lines++;
        }
      }
      out.force(true);
    }
    channel.close();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DurableFile.flush(directory);
    channel = append(file);
    torn = false;
  }

  private static List<Entry> kept(List<Entry> entries) {
    var kept = new ArrayList<Entry>();
    var acts = entries.stream().filter(Ledger::isAct).count();
    var attempts = entries.stream().filter(Ledger::isAttempt).count();
    var seen = false;
    for (var entry : entries) {
      switch (entry) {
        case Entry.Seen _ -> {
          if (!seen) {
            kept.add(entry);
            seen = true;
          }
        }
        case Entry.Acted _, Entry.Intended _, Entry.Retried _ -> {
          if (acts-- <= ACTS_KEPT) {
            kept.add(entry);
          }
        }
        // However often somebody tries, what was done is not forgotten for it.
        case Entry.Prevented _, Entry.Arrived _ -> {
          if (attempts-- <= ACTS_KEPT) {
            kept.add(entry);
          }
        }
        case Entry.Told _,
            Entry.GaveUp _,
            Entry.Clicked _,
            Entry.Answered _,
            Entry.Mentioned _,
            Entry.Named _,
            Entry.Spared _,
            Entry.Held _,
            Entry.Leapt _,
            Entry.Forgot _,
            Entry.Verified _ ->
            kept.add(entry);
      }
    }
    return kept;
  }

  private static boolean isAct(Entry entry) {
    return entry instanceof Entry.Acted
        || entry instanceof Entry.Intended
        || entry instanceof Entry.Retried;
  }

  private static boolean isAttempt(Entry entry) {
    return entry instanceof Entry.Prevented || entry instanceof Entry.Arrived;
  }

  private static FileChannel append(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }
}
