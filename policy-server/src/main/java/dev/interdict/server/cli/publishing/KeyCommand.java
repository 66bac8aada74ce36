package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.Keyring;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.KeyFile;
import dev.interdict.trust.keys.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Holds the commands below `key`. None of them ever prints a private key.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Shows and makes signing keys. Private keys are never printed.")
public final class KeyCommand extends Group {

  /// `key list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the roles and which of their keys lie on the server.")
  public static final class Listing implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private Output output = new Output();

    public Listing(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var keys = Keyring.open(folder.ready().keys());
      if (output.json()) {
        console.json(
            new Json.Arr(
                Arrays.stream(KeyRole.values())
                    .map(role ->
                        (Json)
                            Json.object()
                                .put("role", role.written())
                                .put("belongs-offline", role.belongsOffline())
                                .put("key", keys.signer(role).map(KeyCommand::id).orElse(null))
                                .build())
                    .toList()));
        return Exit.OK;
      }
      var row = "%-11s  %-8s  %s";
      console.line(console.bold(row.formatted("ROLE", "BELONGS", "KEY ON THE SERVER")));
      for (var role : KeyRole.values()) {
        console.line(
            row.formatted(
                role.written(),
                role.belongsOffline() ? "offline" : "here",
                keys.signer(role).map(KeyCommand::id).orElse("-")));
      }
      return Exit.OK;
    }
  }

  /// `key show`.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the public half of a key file and its id.")
  public static final class Show implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A private key (PKCS#8, PEM).")
    private Path file = Path.of("");

    public Show(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      print(KeyFile.read(file), console);
      return Exit.OK;
    }
  }

  /// `key new`.
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = "Makes a new Ed25519 key in a new file that only you may read.")
  public static final class New implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The file to make; never overwritten.")
    private Path file = Path.of("");

    public New(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var signer = Ed25519Signer.generate(console.random());
      KeyFile.write(file, signer);
      print(signer, console);
      return Exit.OK;
    }
  }

  private static String id(Signer signer) {
    return signer.key().id().value();
  }

  private static void print(Signer signer, Console console) {
    console.field("Key id", id(signer));
    console.field("Public", JsonWriter.line(signer.key().json()));
  }
}
