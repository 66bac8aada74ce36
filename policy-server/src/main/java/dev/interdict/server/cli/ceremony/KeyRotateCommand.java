package dev.interdict.server.cli.ceremony;

import dev.interdict.server.cli.publishing.ServerOptions;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.trust.keys.PublicKeyFile;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict key rotate`.
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a new key in the place of one, and drafts the change for people to sign. Where all keys"
          + " that must sign lie on this server, it signs and publishes at once.",
      "A key that lies on the server is made here and waits until the change is published; the"
          + " former one then goes to the folder retired beside it. For a"
          + " key of a person, give the new public key with --new and, where there are several, the"
          + " one that goes with --old."
    })
public final class KeyRotateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "ROLE", description = "The role, as interdict key list shows it.")
  private String role = "";

  @Option(
      names = "--new",
      paramLabel = "FILE",
      description = "The new public key, where a person holds the private one.")
  private @Nullable Path newKey;

  @Option(
      names = "--old",
      paramLabel = "KEYID",
      description = "The key that goes; the id's first 8 digits are enough.")
  private @Nullable String oldKey;

  @Option(
      names = "--out",
      paramLabel = "DRAFT",
      required = true,
      description = "The file to make; never overwritten.")
  private Path out = Path.of("");

  public KeyRotateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var rotated = new RoleName(role.isEmpty() ? "-" : role);
    var held =
        KeyRole.of(rotated)
            .orElseThrow(() ->
                new Failure(Exit.USAGE, "\"" + role + "\" is no role; see interdict key list"));
    var opened = server.open(console);
    try (var _ = opened.parts()) {
      var draft =
          TrustDraftFile.write(
              out, opened, now -> rotated(now, rotated, held, opened), Set.of(), console);
      SigningHere.run(draft, out, opened, console);
      return Exit.OK;
    }
  }

  private TrustPlan rotated(TrustPlan now, RoleName name, KeyRole held, ServerOptions.Opened opened)
      throws IOException {
    var keys = now.keys(name);
    if (keys == null) {
      throw new Failure(Exit.USAGE, "the repository has no role " + name);
    }
    var gone =
        KeyIds.find(
            oldKey != null ? oldKey : only(keys, opened, held), List.copyOf(keys.keys()), name);
    var here = opened.keys().signer(held).map(signer -> signer.key().id());
    if (newKey == null && held.belongsOffline() && !here.equals(Optional.of(gone.id()))) {
      throw new Failure(
          Exit.USAGE,
          "the key "
              + gone.id()
              + " is a person's; have a new one made where it lies and give it with --new"
              + " FILE.pub");
    }
    var all = new ArrayList<>(keys.keys());
    all.set(
        all.indexOf(gone),
        newKey == null ? Successors.make(held, opened, console) : PublicKeyFile.read(newKey).key());
    return now.with(name, new RoleKeys(all, keys.threshold()));
  }

  private static String only(RoleKeys keys, ServerOptions.Opened opened, KeyRole held) {
    if (keys.keys().size() == 1) {
      return keys.keys().getFirst().id().value();
    }
    return opened
        .keys()
        .signer(held)
        .map(signer -> signer.key().id().value())
        .orElseThrow(() ->
            new Failure(Exit.USAGE, "the role has several keys; say with --old which one goes"));
  }
}
