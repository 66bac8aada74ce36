package dev.interdict.server.keys;

import java.io.IOException;

/// Yields a passphrase or a PIN when something cannot be opened without it, and not earlier.
@FunctionalInterface
public interface Passphrase {

  /// Nobody knows one.
  Passphrase NONE =
      what -> {
        throw new UnusableKeyException(
            what + " is under a passphrase, and this command was given none");
      };

  /// The passphrase; a fresh array, which the caller wipes.
  ///
  /// @param what what it opens, as a person calls it: "key file alice.p12"
  /// @throws IOException if there is none, or it cannot be read
  char[] of(String what) throws IOException;
}
