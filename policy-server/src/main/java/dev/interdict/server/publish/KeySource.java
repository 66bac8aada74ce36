package dev.interdict.server.publish;

import dev.interdict.trust.keys.Signer;
import java.io.IOException;

/// Opens a private key when it is first needed, and not earlier: somebody may be asked for its
/// passphrase then.
@FunctionalInterface
public interface KeySource {
  /// @throws IOException if it does not open; the message says what to do
  Signer open() throws IOException;
}
