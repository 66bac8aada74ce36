package dev.interdict.server.publish;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Brings the server's key files in line with the keys that the repository trusts: a successor that
/// waits in `next/` takes its place once it is trusted, and what is trusted no more goes to
/// `retired/`. No key is lost, and what is unclear stays where it is.
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
  static Keyring keysUnder(Keyring here, TrustPlan plan) throws IOException {
    return here.succeededBy(here.waiting().trustedBy(plan));
  }

  /// Moves what is to be moved under `plan`.
  ///
  /// @return in words, what was
  public static List<String> settle(Keyring here, TrustPlan plan) throws IOException {
    var waiting = here.waiting().trustedBy(plan);
    var held = here.trustedBy(plan);
    var moved = new ArrayList<String>();
    for (var role : KeyRole.values()) {
      var former = here.opened(role);
      if (held.file(role).isPresent() || here.file(role).isPresent() != former.isPresent()) {
        continue;
      }
      var successor = waiting.file(role).isPresent();
      if (former.isPresent() && (successor || role.belongsOffline())) {
        retire(here.folder(), role, former.get().key().id(), successor);
        moved.add(
            "The former "
                + role.written()
                + " key is trusted no more; it lies in "
                + here.folder().resolve(RETIRED)
                + ".");
      }
      if (successor) {
        for (var file : HeldKey.files(next(here.folder()), role)) {
          Files.move(
              file,
              here.folder().resolve(file.getFileName()),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        }
        moved.add("The new " + role.written() + " key is in use.");
      }
    }
    return moved;
  }

  /// Copied first, so that at no moment the key is nowhere.
  ///
  /// @param replaced whether a file of the same name takes the place next
  private static void retire(Path folder, KeyRole role, KeyId id, boolean replaced)
      throws IOException {
    var retired = Files.createDirectories(folder.resolve(RETIRED));
    for (var file : HeldKey.files(folder, role)) {
      Files.copy(
          file,
          retired.resolve(id.value().substring(0, 16) + "." + file.getFileName()),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      if (!replaced || !Files.exists(next(folder).resolve(file.getFileName()))) {
        Files.delete(file);
      }
    }
  }
}
