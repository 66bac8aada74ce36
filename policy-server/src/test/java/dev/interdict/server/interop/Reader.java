package dev.interdict.server.interop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/// A client of The Update Framework, ours or another's.
interface Reader {

  /// The contents of those of `targets` that the repository lists, fetched over HTTP.
  ///
  /// @param state the client's own folder, with nothing but `root.json` in it at first
  /// @throws RefusedException if the client believes something of it not
  Map<String, byte[]> read(Path state, URI repository, Collection<String> targets)
      throws IOException, RefusedException;

  /// The client says no.
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }
}
