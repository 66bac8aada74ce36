package dev.interdict.server.main;

import dev.interdict.offline.CodeKey;
import dev.interdict.server.exemptions.CodeKeyFile;
import dev.interdict.server.exemptions.IssuedCodes;
import dev.interdict.server.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/// The key for one-time codes, as the command makes it.
public final class TestingCodes {
  private TestingCodes() {}

  /// Makes one in a folder of keys and tells devices of it.
  public static CodeKey key(Path keys, Database database, Instant now) throws IOException {
    var key = CodeKey.generate();
    var file = CodeKeyFile.in(keys);
    Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    Files.writeString(file, CodeKeyFile.text(key));
    database.write(connection -> {
      IssuedCodes.tell(connection, key, now);
      return key;
    });
    return key;
  }
}
