import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Sets the times in an MSI's summary to one of our choosing, in place, so that the same files make
/// the same package.
///
/// Spec: MS-OLEPS (property sets), MS-CFB (the file that holds them).
final class MsiTime {
  private static final byte[] SUMMARY = {
    (byte) 0xE0,
    (byte) 0x85,
    (byte) 0x9F,
    (byte) 0xF2,
    (byte) 0xF9,
    0x4F,
    0x68,
    0x10,
    (byte) 0xAB,
    (byte) 0x91,
    0x08,
    0x00,
    0x2B,
    0x27,
    (byte) 0xB3,
    (byte) 0xD9
  };
  private static final int FILE_TIME = 0x40;

  /// From 1601 to 1970, in seconds.
  private static final long EPOCH = 11_644_473_600L;

  private MsiTime() {}

  public static void main(String[] arguments) throws IOException {
    var file = Path.of(arguments[0]);
    var time = (Long.parseLong(arguments[1]) + EPOCH) * 10_000_000;
    var bytes = Files.readAllBytes(file);
    var changed = 0;
    for (var at = 0; at + SUMMARY.length + 4 <= bytes.length; at += 4) {
      if (isSummary(bytes, at)) {
        changed += set(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), at, time);
      }
    }
    if (changed == 0) {
      throw new IOException(file + ": no summary with times in it");
    }
    Files.write(file, bytes);
  }

  private static boolean isSummary(byte[] bytes, int at) {
    for (var i = 0; i < SUMMARY.length; i++) {
      if (bytes[at + i] != SUMMARY[i]) {
        return false;
      }
    }
    return true;
  }

  /// @param at of the format's identifier, 28 bytes into the stream; the section's offset follows
  ///   it
  private static int set(ByteBuffer file, int at, long time) {
    var section = at - 28 + file.getInt(at + SUMMARY.length);
    var changed = 0;
    for (var i = 0; i < file.getInt(section + 4); i++) {
      var property = section + file.getInt(section + 8 + 8 * i + 4);
      if (file.getInt(property) == FILE_TIME) {
        file.putLong(property + 4, time);
        changed++;
      }
    }
    return changed;
  }
}
