package dev.interdict.server.publish;

import dev.interdict.trust.repository.RepositoryState;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's own keys while it runs. A change of keys is published by a command, in another
/// process; from then on the keys that were opened at the start sign nothing that anybody believes.
/// Thread-safe.
public final class LiveKeys {
  private static final Logger LOG = LoggerFactory.getLogger(LiveKeys.class);

  private Keyring keys;
  private @Nullable TrustPlan settled;

  public LiveKeys(Keyring keys) {
    this.keys = keys;
  }

  /// The keys to sign with.
  public synchronized Keyring get() {
    return keys;
  }

  /// The keys to sign with in this state of the repository: read anew from the folder whenever it
  /// trusts other keys than before, since a command has moved the files meanwhile.
  ///
  /// @throws UncheckedIOException if the folder of keys cannot be read
  public synchronized Keyring in(RepositoryState state) {
    var plan = TrustPlan.of(state);
    if (!plan.equals(settled)) {
      try {
        var fresh = keys.reopened();
        Succession.finish(fresh, plan).forEach(LOG::info);
        keys = fresh.reopened();
      } catch (IOException e) {
        throw new UncheckedIOException("the server's keys cannot be opened anew", e);
      }
      settled = plan;
    }
    return keys;
  }
}
