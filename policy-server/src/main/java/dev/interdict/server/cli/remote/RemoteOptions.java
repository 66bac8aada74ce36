package dev.interdict.server.cli.remote;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of commands that ask a server over its API.
public final class RemoteOptions {
  static final String DEFAULT = "default";

  @Mixin private ProfilesOption file = new ProfilesOption();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = DEFAULT,
      description = "Which server, as interdict login named it (default: ${DEFAULT-VALUE}).")
  private String profile = DEFAULT;

  /// The name under which the server is known here.
  public String profile() {
    return profile;
  }

  /// The server of the profile. Whoever opens it closes it.
  public RemoteServer open(Console console) throws IOException {
    var profiles = file.profiles();
    var found = profiles.read().get(profile);
    if (found == null) {
      throw new Failure(
          Exit.USAGE,
          "there is no profile \""
              + profile
              + "\" in "
              + profiles.file()
              + "; make it with: interdict login --server https://HOST:PORT"
              + (profile.equals(DEFAULT) ? "" : " --profile " + profile));
    }
    return new RemoteServer(found, new Proving(profiles, profile, console));
  }
}
