package dev.interdict.server.publish;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings the server's key files in line with the keys that the repository trusts: a successor that
/// waits in `next/` takes its place once it is trusted, and what is trusted no more goes to
/// `retired/`. A file is moved, never deleted, and what is unclear stays where it is.
///
/// Done whenever the folder is opened and after every change of keys, so that a stop in between
/// costs nothing.
public final class Succession {
  private static final String NEXT = "next";
  private static final String RETIRED = "retired";

  private Succession() {}

  /// Where a key waits that the repository is to trust from its next change on.
  public static Path next(Path folder) {
    return folder.resolve(NEXT);
  }

  /// The keys to sign with once `plan` holds: a successor where it is trusted, else what is here.
  static Keyring keysUnder(Path folder, TrustPlan plan) throws IOException {
    var here = Keyring.open(folder);
    return here.succeededBy(waiting(folder).only(trusted(plan)));
  }

  /// Moves what is to be moved under `plan`.
  ///
  /// @return in words, what was
  public static List<String> settle(Path folder, TrustPlan plan) throws IOException {
    var trusted = trusted(plan);
    var waiting = waiting(folder).only(trusted);
    var here = Keyring.open(folder);
    var held = here.only(trusted);
    var moved = new ArrayList<String>();
    for (var role : KeyRole.values()) {
      if (held.signer(role).isPresent()) {
        continue;
      }
      var former = here.signer(role);
      var successor = waiting.signer(role).isPresent();
      if (former.isPresent() && (successor || role.belongsOffline())) {
        retire(folder, role, former.get().key().id());
        moved.add(
            "The former "
                + role.written()
                + " key is trusted no more; it lies in "
                + folder.resolve(RETIRED)
                + ".");
      }
      if (successor) {
        for (var file : role.files(next(folder))) {
          Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        moved.add("The new " + role.written() + " key is in use.");
      }
    }
    return moved;
  }

  private static Keyring waiting(Path folder) throws IOException {
    var next = next(folder);
    return Files.isDirectory(next) ? Keyring.open(next) : Keyring.none(next);
  }

  private static Map<KeyRole, Set<KeyId>> trusted(TrustPlan plan) {
    var trusted = new EnumMap<KeyRole, Set<KeyId>>(KeyRole.class);
    for (var role : KeyRole.values()) {
      var keys = plan.keys(role.role());
      trusted.put(role, keys == null ? Set.of() : keys.ids());
    }
    return trusted;
  }

  private static void retire(Path folder, KeyRole role, KeyId id) throws IOException {
    var retired = Files.createDirectories(folder.resolve(RETIRED));
    for (var file : role.files(folder)) {
      var name = id.value().substring(0, 16) + "." + file.getFileName();
      Files.move(file, retired.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
