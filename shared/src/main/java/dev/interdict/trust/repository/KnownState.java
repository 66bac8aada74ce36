package dev.interdict.trust.repository;

import dev.interdict.trust.Limits;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a repository says, verified once for as long as its timestamp is the same: that signs for
/// everything but the root, and a newer root is looked for each time. To verify all signatures for
/// every look costs more than the look. For whoever looks; who signs verifies what is there.
/// Thread-safe.
public final class KnownState {
  private final RepositoryFiles files;
  private volatile @Nullable RepositoryState last;

  public KnownState(RepositoryFiles files) {
    this.files = files;
  }

  /// What the repository says now.
  public RepositoryState now() throws RepositoryException {
    var known = last;
    if (known != null && isNewest(known)) {
      return known;
    }
    var next =
        files.isTurning()
            ? files.alone(() -> RepositoryState.load(files))
            : RepositoryState.load(files);
    last = next;
    return next;
  }

  private boolean isNewest(RepositoryState known) {
    return !files.isTurning()
        && Arrays.equals(
            files.read("timestamp.json", Limits.STANDARD.timestamp()),
            known.timestamp().file().bytes())
        && !files.exists(
            RepositoryFiles.metadata(RoleName.ROOT, known.trusted().root().version() + 1));
  }
}
