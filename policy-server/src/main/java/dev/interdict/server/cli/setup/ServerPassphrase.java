package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.PassphraseSource;
import dev.interdict.server.keys.Passphrase;
import dev.interdict.server.keys.PassphraseFile;
import dev.interdict.server.keys.UnusableKeyException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the server's own keys are under: from a file that the settings name, else from the
/// environment. Nobody is asked, since a server must start without anybody at hand; and it is not
/// the variable of people's keys, so that a command on the server can use both.
///
/// @param file the file, or null
record ServerPassphrase(@Nullable Path file, PassphraseSource environment) implements Passphrase {
  static final String VARIABLE = "INTERDICT_SERVER_PASSPHRASE";

  @Override
  public char[] of(String what) throws IOException {
    if (file != null) {
      return PassphraseFile.read(file);
    }
    var value = environment.variable(VARIABLE);
    if (value == null || value.isEmpty()) {
      throw new UnusableKeyException(
          what
              + " is under a passphrase; name a file with it in server.yaml, as"
              + " keys-passphrase-file, or set "
              + VARIABLE);
    }
    return value.toCharArray();
  }
}
