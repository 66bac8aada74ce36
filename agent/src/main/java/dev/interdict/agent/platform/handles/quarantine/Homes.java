package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose files are whose. Seam: by numbers on macOS, by security identifiers on Windows.
public interface Homes {
  /// Who must own what is acted upon in a home, or, for null, in the machine's own folders; empty
  /// where there is no such home, or none that may be acted in.
  ///
  /// @param root the machine's root
  Set<String> owners(Opened root, @Nullable Home home) throws DiskException;

  /// Who may mount something without our calling it a user's doing.
  Set<String> administrators();
}
