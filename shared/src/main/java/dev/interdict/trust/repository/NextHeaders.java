package dev.interdict.trust.repository;

import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Targets;
import java.time.Instant;
import java.time.InstantSource;

/// The common part of what is signed next: which version, from when, until when.
record NextHeaders(RepositoryFiles folder, Expiries expiries, InstantSource clock)
    implements Step.Headers {
  @Override
  public Header make(RoleName role, long version, Instant now) {
    return new Header(version, now.plus(expiries.of(role)), now);
  }

  Header make(RoleName role, long version) {
    return make(role, version, clock.instant());
  }

  /// Of the first version that was never signed.
  Header next(RoleName role, Targets now) {
    return make(role, folder.unusedVersion(role, now.version() + 1));
  }
}
