package dev.interdict.trust.metadata;

import java.time.Instant;

/// One signed file, read but not judged.
public sealed interface Metadata permits Root, Timestamp, Snapshot, Targets {

  /// The file it was read from.
  SignedFile file();

  Header header();

  default long version() {
    return header().version();
  }

  default Instant expires() {
    return header().expires();
  }
}
