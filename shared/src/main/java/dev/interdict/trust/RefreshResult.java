package dev.interdict.trust;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.util.List;

/// What a refresh came to. After either failure the last good state is as usable as before.
public sealed interface RefreshResult {

  /// The repository has nothing new; all that is trusted is current.
  record Unchanged() implements RefreshResult {}

  /// These top-level roles are newer than before; all that is trusted is current.
  record Updated(List<RoleName> roles) implements RefreshResult {
    public Updated {
      roles = List.copyOf(roles);
    }
  }

  /// The repository offers something that must not be believed.
  record Refused(RepositoryException.Family family, String message) implements RefreshResult {}

  /// The repository could not be asked.
  record Unreachable(String message) implements RefreshResult {}
}
