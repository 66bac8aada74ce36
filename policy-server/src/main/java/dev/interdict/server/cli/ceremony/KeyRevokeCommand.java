package dev.interdict.server.cli.ceremony;

import dev.interdict.server.cli.publishing.ServerOptions;
import dev.interdict.server.cli.publishing.ServerOptions.Opened;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.trust.keys.PublicKeyFile;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict key revoke`.
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a lost or stolen key out of every role that has it, and drafts the change for people"
          + " to sign. Where all keys that must sign lie on this server, it signs and publishes at"
          + " once.",
      "With a root key the timestamp key changes too, so that no workstation can be kept on the old"
          + " root without noticing. With a key of the server's own, a new one is made in its"
          + " place."
    })
public final class KeyRevokeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "KEYID", description = "The key; the id's first 8 digits are enough.")
  private String id = "";

  @Option(
      names = "--new",
      paramLabel = "FILE",
      description = "A public key that takes its place in every role.")
  private @Nullable Path newKey;

  @Option(
      names = "--out",
      paramLabel = "DRAFT",
      required = true,
      description = "The file to make; never overwritten.")
  private Path out = Path.of("");

  public KeyRevokeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var opened = server.open(console);
    try (var _ = opened.parts()) {
      var draft = TrustDraftFile.write(out, opened, now -> revoked(now, opened), Set.of(), console);
      SigningHere.run(draft, out, opened, console);
      return Exit.OK;
    }
  }

  private TrustPlan revoked(TrustPlan now, Opened opened) throws IOException {
    var next = now;
    var found = 0;
    for (var role : now.roles()) {
      var keys = now.keys(role);
      if (keys != null && keys.keys().stream().anyMatch(key -> KeyIds.fits(key, id))) {
        next = next.with(role, without(role, keys, opened));
        found++;
      }
    }
    if (found == 0) {
      throw new Failure(Exit.USAGE, "no role has a key \"" + id + "\"; see interdict key list");
    }
    return withNewTimestamp(now, next, opened);
  }

  private RoleKeys without(RoleName role, RoleKeys keys, Opened opened) throws IOException {
    var all = new ArrayList<>(keys.keys());
    var gone = KeyIds.find(id, all, role);
    var heir = heir(role, opened);
    if (heir == null) {
      all.remove(gone);
    } else {
      all.set(all.indexOf(gone), heir);
    }
    if (all.size() < keys.threshold()) {
      throw new Failure(
          Exit.USAGE,
          "role "
              + role
              + " needs "
              + keys.threshold()
              + " keys and would have "
              + all.size()
              + "; give another public key with --new");
    }
    return new RoleKeys(all, keys.threshold());
  }

  /// What takes the key's place, or null.
  private @Nullable TufKey heir(RoleName role, Opened opened) throws IOException {
    var held = KeyRole.of(role).orElse(null);
    if (held != null && !held.belongsOffline()) {
      return Successors.make(held, opened, console);
    }
    return newKey == null ? null : PublicKeyFile.read(newKey).key();
  }

  private TrustPlan withNewTimestamp(TrustPlan now, TrustPlan next, Opened opened)
      throws IOException {
    var before = now.need(RoleName.TIMESTAMP);
    if (now.need(RoleName.ROOT).equals(next.need(RoleName.ROOT))
        || !before.equals(next.need(RoleName.TIMESTAMP))) {
      return next;
    }
    var key = Successors.make(KeyRole.TIMESTAMP, opened, console);
    return next.with(RoleName.TIMESTAMP, new RoleKeys(List.of(key), before.threshold()));
  }
}
