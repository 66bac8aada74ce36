package dev.interdict.server.cli.setup;

import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which version the tables of a server's database have, in a file of its folder for the scripts of
/// packages, which open no database: they lay no older program over it. The program itself asks the
/// database.
final class StateVersion {
  private static final Logger LOG = LoggerFactory.getLogger(StateVersion.class);

  private StateVersion() {}

  /// Writes it down where another one stands.
  ///
  /// @param version as the database says it
  static void note(ServerFolder folder, String version) {
    var file = folder.path().resolve("state-version");
    var line = (version + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      if (!Arrays.equals(line, DurableFile.read(file, line.length))) {
        DurableFile.write(file, line);
      }
    } catch (IOException e) {
      // No package of the system's lies over a folder that is not to be written, as in an image.
      LOG.atWarn()
          .addKeyValue("why", e.getMessage())
          .log("the state's version is not written down");
    }
  }
}
