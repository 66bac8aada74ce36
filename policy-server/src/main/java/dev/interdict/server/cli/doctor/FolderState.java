package dev.interdict.server.cli.doctor;

import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.keys.OwnerOnly;
import dev.interdict.server.main.AccessSettings;
import dev.interdict.server.main.Parts;
import dev.interdict.server.store.Location;
import dev.interdict.server.store.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The server's folder: room, who may read its secrets, and the key that seals what must be read
/// again.
record FolderState(ServerFolder folder, Settings settings) {
  private static final long TOO_LITTLE = 200L << 20;
  private static final long LITTLE = 2L << 30;

  /// Files of which their owner alone may know what is in them, where they are there: those of the
  /// folder, and those that the settings name, wherever they are. Not those that are [#refused].
  private List<Path> secrets() {
    var secrets = new ArrayList<Path>();
    for (var name :
        List.of(
            AccessSettings.SEALING_KEY,
            "server.p12",
            "server.p12.password",
            "tls-ca.p12",
            "enrolment-token")) {
      secrets.add(folder.path().resolve(name));
    }
    var oidc = settings.oidc();
    var mail = settings.outbound().mail();
    add(secrets, settings.tls());
    add(secrets, settings.tlsPassword());
    add(secrets, oidc == null ? null : oidc.secretFile());
    add(secrets, mail == null ? null : mail.passwordFile());
    add(
        secrets,
        switch (settings.database()) {
          case Location.File(var path) -> path;
          case Location.Postgres postgres -> postgres.passwordFile();
        });
    return there(secrets);
  }

  /// Those that the server refuses by their own mode, wherever they lie.
  private List<Path> refused() throws IOException {
    var refused = new ArrayList<Path>();
    add(refused, settings.keysPassphrase());
    if (Files.isDirectory(folder.keys())) {
      try (Stream<Path> keys = Files.list(folder.keys())) {
        refused.addAll(keys.sorted().toList());
      }
    }
    return there(refused);
  }

  private static List<Path> there(List<Path> secrets) {
    return secrets.stream().map(Path::normalize).filter(Files::isRegularFile).distinct().toList();
  }

  private static void add(List<Path> secrets, @Nullable Path file) {
    if (file != null) {
      secrets.add(file);
    }
  }

  Answer disk() {
    try {
      var free = Files.getFileStore(folder.path()).getUsableSpace();
      var detail = (free >> 20) + " MiB free";
      var advice = "make room: what cannot be written is not taken from agents";
      if (free < TOO_LITTLE) {
        return Answer.bad("disk", detail, advice);
      }
      return free < LITTLE ? Answer.watch("disk", detail, advice) : Answer.good("disk", detail);
    } catch (IOException e) {
      return Answer.bad("disk", String.valueOf(e.getMessage()), "look at the folder's disk");
    }
  }

  Answer permissions() {
    try {
      var open = new ArrayList<String>();
      for (var secret : secrets()) {
        if (Reach.ofOthers(secret)) {
          open.add(name(secret));
        }
      }
      for (var secret : refused()) {
        if (OwnerOnly.isOpen(secret)) {
          open.add(name(secret));
        }
      }
      return open.isEmpty()
          ? Answer.good("permissions", "no other account may read or change the secrets")
          : Answer.bad(
              "permissions",
              "other accounts may read or change " + String.join(", ", open),
              "chmod 600 on them; what was readable may have been read: replace it");
    } catch (IOException e) {
      return Answer.bad("permissions", String.valueOf(e.getMessage()), "run it as the owner");
    }
  }

  private String name(Path secret) {
    return (secret.startsWith(folder.path()) ? folder.path().relativize(secret) : secret)
        .toString();
  }

  Answer sealing(Parts parts) {
    try {
      parts.sealing().check();
      return Answer.good("sealing-key", "all that is sealed opens");
    } catch (Sealing.BrokenException e) {
      return Answer.bad(
          "sealing-key",
          String.valueOf(e.getMessage()),
          "bring the right sealing.key back from where the server was set up");
    }
  }
}
