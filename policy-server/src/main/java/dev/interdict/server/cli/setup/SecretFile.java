package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that has a new secret written into a file rather than shown.
public final class SecretFile {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write the secret into a new file of yours alone, rather than show it.")
  private @Nullable Path file;

  /// Looks before there is a secret that could get lost.
  public void refuseExisting() throws IOException {
    if (file != null) {
      PrivateFile.refuseExisting(file);
    }
  }

  /// Writes it, if it is to be.
  ///
  /// @return the secret where it is to be shown; null where it is in the file
  public @Nullable String keep(String secret) throws IOException {
    if (file == null) {
      return secret;
    }
    PrivateFile.write(file, secret + "\n");
    return null;
  }

  /// Where the secret is, for people.
  ///
  /// @param shown what [#keep] returned
  /// @param advice to whoever is shown it
  public String said(@Nullable String shown, String advice) {
    return shown == null ? "in " + file : shown + "   (" + advice + ")";
  }
}
