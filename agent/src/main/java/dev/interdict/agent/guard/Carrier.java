package dev.interdict.agent.guard;

import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncResult;
import java.util.List;

/// Carries signed requests to the server and brings files back, in another process. Seam.
@FunctionalInterface
public interface Carrier {
  /// Does the job; an unreachable server is a result, not an error.
  ///
  /// @param bodies one for each of the job's posts
  SyncResult carry(SyncJob job, List<byte[]> bodies);
}
