package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Hands;
import java.io.IOException;
import java.util.function.Function;

/// Where work on the machine is done: opens its homes afresh for each piece of work. Seam.
public interface Bench {
  /// Does `work` with hands that see the machine as it is now.
  ///
  /// @throws IOException if the machine cannot be opened; nothing was done then
  <T> T at(Function<Hands, T> work) throws IOException;
}
