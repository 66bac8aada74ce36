package dev.interdict.server.publish;

import dev.interdict.trust.repository.RepositoryState;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's own keys while it runs. A change of keys is published by a command, in another
/// process; from then on the keys that were opened at the start sign nothing that anybody believes.
/// Thread-safe.
public final class LiveKeys {
  private static final Logger LOG = LoggerFactory.getLogger(LiveKeys.class);

  private volatile Keyring keys;

  public LiveKeys(Keyring keys) {
    this.keys = keys;
  }

  /// The keys to sign with.
  public Keyring get() {
    return keys;
  }

  /// The keys to sign with in this state of the repository: opened anew where one that is open is
  /// trusted no more.
  ///
  /// @throws UncheckedIOException if the folder of keys cannot be read
  public Keyring in(RepositoryState state) {
    if (keys.untrusted(state).isPresent()) {
      try {
        Succession.settle(keys, TrustPlan.of(state)).forEach(LOG::info);
        keys = keys.reopened();
      } catch (IOException e) {
        throw new UncheckedIOException("the server's keys cannot be opened anew", e);
      }
    }
    return keys;
  }
}
