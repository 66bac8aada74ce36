package dev.interdict.agent.sync;

import dev.interdict.trust.DurableFile;
import dev.interdict.trust.SafeNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// The guard's folders at its end of the pipe: what it has verified goes to the worker, what the
/// worker fetched is put where it is judged.
///
/// @param trust verified metadata, for the worker to start from
/// @param fetched emptied before each run
public record Stage(Path trust, Path fetched) {

  /// Sends copies of the verified files. Does not flush.
  void send(OutputStream out) throws IOException {
    for (var file : below(trust)) {
      var bytes = Files.isDirectory(file) ? null : DurableFile.read(file, Parcels.LONGEST);
      if (bytes != null && bytes.length <= Parcels.LONGEST) {
        Parcels.write(out, trust.relativize(file).toString().replace('\\', '/'), bytes);
      }
    }
    Parcels.end(out);
  }

  /// Forgets what an earlier run brought.
  void clear() throws IOException {
    for (var file : below(fetched).reversed()) {
      if (!file.equals(fetched)) {
        Files.delete(file);
      }
    }
  }

  /// Puts one file there.
  ///
  /// @throws IOException if its name is none that a repository has
  void put(String name, byte[] bytes) throws IOException {
    var file = SafeNames.resolve(fetched, name);
    if (file == null) {
      throw new IOException("the worker brought a file whose name leads elsewhere");
    }
    DurableFile.write(file, bytes);
  }

  /// The folder and everything in it, parents first; links are not followed.
  private static List<Path> below(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (var walk = Files.walk(folder)) {
      return walk.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
