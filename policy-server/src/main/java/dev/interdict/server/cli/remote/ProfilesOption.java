package dev.interdict.server.cli.remote;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that names the file of profiles.
final class ProfilesOption {
  @Option(
      names = "--profiles",
      paramLabel = "FILE",
      description = "The file of profiles (default: interdict/profiles.json in ~/.config).")
  private @Nullable Path file;

  Profiles profiles() {
    return file == null ? Profiles.of(System.getenv()) : new Profiles(file);
  }
}
