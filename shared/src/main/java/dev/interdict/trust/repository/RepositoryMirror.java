package dev.interdict.trust.repository;

import dev.interdict.trust.Limits;
import dev.interdict.trust.metadata.RepositoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A folder that says what a repository says that is kept elsewhere, so that any server of static
/// files can serve it. It follows and is never signed from; whatever stands there and is not in the
/// repository goes, and what is damaged is written again. While there is no repository elsewhere
/// nothing goes: what stands in the folder may be the only one. Thread-safe, and so are several of
/// one folder in several processes.
///
/// Roots go before the timestamp: clients walk them first, so one that finds the new timestamp
/// finds the root that knows its key. Whoever comes between the two writes refuses the old
/// timestamp, keeps what it holds, and asks again; the other order would fail it in the same way,
/// and for longer. What is copied is of one moment, so there is no more than that between them.
public final class RepositoryMirror {
  private static final int LARGEST = Limits.STANDARD.target();
  private static final Pattern ROOT = Pattern.compile("[0-9]+\\.root\\.json");
  private static final String TIMESTAMP = "timestamp.json";

  private final RepositoryFolder folder;
  private final RepositoryFiles source;

  /// Whether all that stands in the folder was compared once: versions never change, disks fail.
  private boolean compared;

  public RepositoryMirror(Path folder, RepositoryFiles source) {
    this.folder = new RepositoryFolder(folder);
    this.source = source;
  }

  /// Makes the folder say what the repository says now: first what nobody asks for yet, then the
  /// roots, then the timestamp, by which clients come to the rest; what is no more goes last.
  ///
  /// @return how many files were written or deleted
  public synchronized int follow() throws RepositoryException {
    return folder.alone(() -> {
      // After the lock was taken, or of two that follow at once one could go back; and the
      // timestamp first, since whatever it leads to was there before it.
      var timestamp = source.read(TIMESTAMP, LARGEST);
      if (timestamp == null) {
        return 0;
      }
      var names = new ArrayList<>(source.names());
      // A root that came since may not know the key of the timestamp of before.
      for (var again = source.read(TIMESTAMP, LARGEST);
          again != null && !Arrays.equals(again, timestamp);
          again = source.read(TIMESTAMP, LARGEST)) {
        timestamp = again;
        names = new ArrayList<>(source.names());
      }
      names.remove(TIMESTAMP);
      names.sort(
          Comparator.comparing((String name) -> ROOT.matcher(name).matches())
              .thenComparing(Comparator.naturalOrder()));
      var changed = 0;
      for (var name : names) {
        if (!compared || !folder.exists(name)) {
          changed += put(name, source.read(name, LARGEST));
        }
      }
      changed += put(TIMESTAMP, timestamp);
      compared = true;
      var gone = new ArrayList<>(folder.names());
      gone.removeAll(Set.copyOf(names));
      gone.removeIf(name -> name.startsWith(".") || name.equals(TIMESTAMP));
      gone.forEach(folder::delete);
      return changed + gone.size();
    });
  }

  private int put(String name, byte @Nullable [] bytes) {
    if (bytes == null || Arrays.equals(folder.read(name, LARGEST), bytes)) {
      return 0;
    }
    folder.write(name, bytes);
    return 1;
  }
}
