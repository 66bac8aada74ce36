package dev.interdict.trust;

import dev.interdict.trust.metadata.RepositoryException;

/// Makes updaters from roots that are known to be good.
final class Updaters {
  private Updaters() {}

  static Updater make(byte[] initialRoot, TrustStore store, Fetcher fetcher) {
    try {
      return new Updater(initialRoot, store, fetcher, Limits.STANDARD);
    } catch (RepositoryException e) {
      throw new IllegalStateException(e);
    }
  }
}
