package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import java.io.IOException;

/// One way in which a session says that its person is not to be disturbed. Seam.
interface Disturbance {
  /// What the session wishes where [#now] is true.
  Wish wish();

  /// Whether it says so now.
  ///
  /// @throws IOException if it cannot be read, which counts as no
  boolean now(Session session) throws IOException;
}
