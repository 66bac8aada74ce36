package dev.interdict.agent.platform.session;

import java.io.IOException;
import java.time.Duration;

/// Where a worker shows the notice of its errand to the person that it is. Seam: one for each way
/// of each system.
public interface Screen {

  /// Shows the notice, or says why not. The worker bounds how long it waits for it.
  ///
  /// @throws IOException if the session reports an error
  Answer show() throws IOException;

  /// Hears what the person answers to a notice that was shown, until it is gone or for `life`.
  default void attend(Duration life) throws InterruptedException {}
}
