package dev.interdict.agent.report;

import dev.interdict.json.JsonException;
import dev.interdict.report.Look;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Who looked at this device's page on the server, as the server told, for the device's users to
/// see: the last [#MOST], in one file. What cannot be read of it is forgotten, since nothing is
/// decided by it. Not thread-safe.
public final class Looks {
  /// How many are kept.
  public static final int MOST = 100;

  private static final int LONGEST = 64 << 10;

  private final Path file;
  private List<Look> last;

  private Looks(Path file, List<Look> last) {
    this.file = file;
    this.last = last;
  }

  /// Opens what `file` keeps; it need not exist.
  ///
  /// @throws IOException if it is there and cannot be read
  public static Looks open(Path file) throws IOException {
    var bytes = DurableFile.read(file, LONGEST);
    if (bytes == null) {
      return new Looks(file, List.of());
    }
    try {
      return new Looks(file, Look.read(bytes, MOST));
    } catch (JsonException e) {
      return new Looks(file, List.of());
    }
  }

  /// Keeps these too; it is on disk when this returns. One that was told before, because an answer
  /// got lost, stands once.
  public void add(List<Look> looks) throws IOException {
    var all = new LinkedHashSet<>(last);
    if (!all.addAll(looks)) {
      return;
    }
    var kept = new ArrayList<>(all);
    var next = List.copyOf(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
    DurableFile.write(file, Look.write(next));
    last = next;
  }

  /// What is kept, the earliest told first.
  public List<Look> last() {
    return last;
  }
}
