package dev.interdict.server.cli.keys;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.MissingKeyException;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict key list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the roles of the signed repository: which keys agents trust for each, how many of them"
          + " must sign, and which private keys lie on this server.",
      "The keys of root, targets and blocklist belong to people, offline: with them agents can be"
          + " made to do more."
    },
    footer = {
      "",
      "Exit codes: 0 listed, 2 not understood, 4 others may read a key, 5 a key or the repository"
          + " is not what it must be."
    })
public final class KeyListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  public KeyListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var ready = folder.ready();
    var keys = OpenServer.keyring(ready, console);
    try {
      var trusted = TrustPlan.of(OpenServer.repository(ready, keys, console).state());
      var roles = Arrays.stream(KeyRole.values()).map(role -> listed(role, trusted, keys)).toList();
      if (output.forPrograms()) {
        output.rows(roles.stream().map(Listed::json).toList(), console);
      } else {
        tell(roles);
      }
      return Exit.OK;
    } catch (RepositoryException e) {
      throw new Failure(
          Exit.TRUST,
          "the signed repository does not verify, agents would refuse it: " + e.getMessage());
    }
  }

  private static Listed listed(KeyRole role, TrustPlan trusted, Keyring keys) {
    var own = trusted.keys(role.role());
    TufKey here = null;
    try {
      here = keys.signer(role).map(signer -> signer.key()).orElse(null);
    } catch (MissingKeyException e) {
      // Locked: its file is listed without an id.
    }
    return new Listed(
        role,
        own == null ? 0 : own.threshold(),
        own == null ? List.of() : own.keys(),
        keys.file(role).orElse(null),
        here);
  }

  private void tell(List<Listed> roles) {
    var table = new Table("ROLE", "KEY ID", "NEEDS", "BELONGS", "HERE", "SCHEME");
    for (var role : roles) {
      for (var key : role.rows()) {
        var isTrusted = role.trusts(key);
        table.row(
            isTrusted ? UnaryOperator.identity() : console::yellow,
            role.role().written(),
            key.id().value().substring(0, 16),
            role.needs(),
            role.role().belongsOffline() ? "offline" : "here",
            role.where(key) + (isTrusted ? "" : ", not trusted"),
            PublicHalf.scheme(key));
      }
      if (role.locked()) {
        table.row(role.role().written(), "?", "", "", role.file() + " (locked)", "");
      }
    }
    table.print(console);
    console.blank();
    console.line("Whole ids: interdict key list -o json");
  }

  /// One role.
  ///
  /// @param file the private key's file on this server, or null
  /// @param here its public half, or null where it does not open
  private record Listed(
      KeyRole role,
      int threshold,
      List<TufKey> trusted,
      @Nullable String file,
      @Nullable TufKey here) {

    /// Whether a key lies here of which nobody can say which it is.
    boolean locked() {
      return file != null && here == null;
    }

    String needs() {
      return trusted.isEmpty() ? "-" : threshold + " of " + trusted.size();
    }

    boolean trusts(TufKey key) {
      return trusted.stream().anyMatch(one -> one.id().equals(key.id()));
    }

    /// The trusted keys, and one that lies here without being trusted.
    List<TufKey> rows() {
      var rows = new ArrayList<>(trusted);
      if (here != null && !trusts(here)) {
        rows.add(here);
      }
      return rows;
    }

    String where(TufKey key) {
      return here != null && here.id().equals(key.id()) ? String.valueOf(file) : "-";
    }

    Json json() {
      return Json.object()
          .put("role", role.written())
          .put("belongs-offline", role.belongsOffline())
          .put("threshold", threshold)
          .put("trusted", trusted.stream().map(key -> PublicHalf.json(key, null).build()).toList())
          .put("file-here", file)
          .put("key-here", here == null ? null : here.id().value())
          .build();
    }
  }
}
