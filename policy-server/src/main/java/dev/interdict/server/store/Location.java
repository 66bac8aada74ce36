package dev.interdict.server.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the database is: the one setting by which a server runs on one engine or the other.
public sealed interface Location {
  /// SQLite, embedded: a file in a folder that exists.
  record File(Path path) implements Location {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /// A PostgreSQL server, or one that speaks its protocol.
  ///
  /// @param user whose tables they are
  /// @param passwordFile its first line is the password, read at each connection, so that it can be
  ///   changed while the server runs; null where the database asks for none (a client certificate)
  record Postgres(PostgresUrl url, String user, @Nullable Path passwordFile) implements Location {
    @Override
    public String toString() {
      return url.toString();
    }
  }
}
