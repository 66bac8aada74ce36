package dev.interdict.agent.scan.memory;

import dev.interdict.agent.inventory.FileFact;
import dev.interdict.trust.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/// A [Memory] on disk. Whatever is wrong with it, be it damaged, cut or another build's, is
/// forgotten and looked at again: it saves work and decides nothing.
///
/// @param file in a folder that only the scan's own account can write
/// @param build names the sources that filled it; others look at other places
public record MemoryFile(Path file, String build) {
  private static final int MAGIC = 0x494c4d33;
  private static final int MOST_BYTES = 64 << 20;

  /// What the last scan left, as far as it is whole.
  public Memory load(InstantSource clock) {
    try {
      var bytes = DurableFile.read(file, MOST_BYTES);
      return memory(bytes == null ? new byte[0] : bytes, clock);
    } catch (IOException e) {
      return memory(new byte[0], clock);
    }
  }

  private Memory memory(byte[] bytes, InstantSource clock) {
    Map<Memory.Place, Memory.Look> looks = new HashMap<>();
    Map<FileFact, String> digests = new HashMap<>();
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() == MAGIC && in.readUTF().equals(build)) {
        digests.putAll(Blocks.readDigests(block(in)));
        while (in.available() > 0) {
          var look = Blocks.read(block(in));
          looks.put(look.getKey(), look.getValue());
        }
      }
    } catch (IOException e) {
      // What was whole counts; the rest is looked at again.
    }
    return new Memory(looks, digests, clock);
  }

  private static byte[] block(DataInputStream in) throws IOException {
    var length = in.readInt();
    var sum = in.readLong();
    var block = in.readNBytes(Math.min(Math.max(length, 0), in.available()));
    if (block.length != length || sum != sum(block)) {
      throw new IOException("damaged");
    }
    return block;
  }

  /// Keeps what this scan saw for the next, where that is anything new.
  ///
  /// @throws IOException if it cannot be written; the next scan then looks at everything
  public void save(Memory memory) throws IOException {
    if (!memory.news()) {
      return;
    }
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeUTF(build);
    append(Blocks.write(memory.nextDigests()), bytes, out);
    for (var look : memory.next().entrySet()) {
      append(look.getKey(), look.getValue(), bytes, out);
    }
    out.flush();
    DurableFile.write(file, bytes.toByteArray());
  }

  private static void append(
      Memory.Place place, Memory.Look look, ByteArrayOutputStream bytes, DataOutputStream out)
      throws IOException {
    byte[] block;
    try {
      block = Blocks.write(place, look);
    } catch (UTFDataFormatException e) {
      return;
    }
    append(block, bytes, out);
  }

  private static void append(byte[] block, ByteArrayOutputStream bytes, DataOutputStream out)
      throws IOException {
    if (bytes.size() + block.length < MOST_BYTES) {
      out.writeInt(block.length);
      out.writeLong(sum(block));
      out.write(block);
    }
  }

  private static long sum(byte[] block) {
    var crc = new CRC32();
    crc.update(block);
    return crc.getValue();
  }
}
