package dev.interdict.server.cli.ceremony;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.Initialisation;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.Root;
import java.io.IOException;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Holds the commands below `root`.
@Command(
    name = "root",
    mixinStandardHelpOptions = true,
    description = {
      "Shows and changes who may sign for what: drafted on the server, signed by people on machines"
          + " without network, published on the server."
    })
public final class RootCommand extends Group {

  /// `root show`.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Verifies the signed repository and prints its root of trust: what agents are given at"
            + " enrolment, and which keys may sign now."
      })
  public static final class Show implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private Output output = new Output();

    public Show(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var ready = folder.ready();
      var repository = OpenServer.repository(ready, OpenServer.keyring(ready, console), console);
      try {
        var root = repository.state().trusted().root();
        var pin = "sha256:" + Initialisation.sha256(repository.initialRoot());
        if (output.forPrograms()) {
          output.print(json(root, pin), console);
        } else {
          tell(root, pin);
        }
      } catch (RepositoryException e) {
        throw new Failure(
            Exit.TRUST,
            "the signed repository does not verify, agents would refuse it: " + e.getMessage());
      }
      return Exit.OK;
    }

    private void tell(Root root, String pin) {
      console.field("Trust root", pin + "   (of version 1, for enrolment)");
      console.field("Version", root.version() + ", expires " + Times.minutes(root.expires()));
      new TreeMap<>(root.roles())
          .forEach((role, keys) ->
              console.field(
                  role.value(),
                  keys.threshold()
                      + " of "
                      + keys.keys().size()
                      + ": "
                      + keys.ids().stream()
                          .map(id -> id.value().substring(0, 16))
                          .collect(Collectors.joining(", "))));
    }

    private static Json json(Root root, String pin) {
      var roles = Json.object();
      new TreeMap<>(root.roles())
          .forEach((role, keys) ->
              roles.put(
                  role.value(),
                  Json.object()
                      .put("threshold", keys.threshold())
                      .put("keys", Json.texts(keys.ids().stream().map(id -> id.value()).toList()))
                      .build()));
      return Json.object()
          .put("trust-root", pin)
          .put("version", root.version())
          .put("expires", root.expires().toString())
          .put("roles", roles.build())
          .build();
    }
  }
}
