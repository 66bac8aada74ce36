package dev.interdict.server.publish;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings the server's key files in line with the keys that the repository trusts: a successor that
/// waits in `next/` takes its place once it is trusted, and what is trusted no more goes to
/// `retired/`. No key is lost, and what is unclear stays where it is.
///
/// Done after every change of keys, and finished whenever the folder is opened, so that a stop in
/// between costs nothing.
public final class Succession {
  private static final String NEXT = "next";
  private static final String RETIRED = "retired";

  private Succession() {}

  /// Where a key waits that the repository is to trust from its next change on.
  public static Path next(Path folder) {
    return folder.resolve(NEXT);
  }

  /// Where keys lie that the repository trusts no more.
  static Path retired(Path folder) {
    return folder.resolve(RETIRED);
  }

  /// How the name of a key's file begins there.
  static String retired(KeyId id) {
    return id.value().substring(0, 16) + ".";
  }

  /// The keys to sign with once `plan` holds: a successor where it is trusted, else what is here.
  static Keyring keysUnder(Keyring here, TrustPlan plan) throws IOException {
    return here.succeededBy(here.waiting().trustedBy(plan));
  }

  /// All keys that are here or wait, as far as they open.
  public static List<Signer> signers(Keyring here) throws IOException {
    var all = new ArrayList<>(here.opened());
    all.addAll(here.waiting().opened());
    return all;
  }

  /// The key that waits to take the role's place, if there is one.
  public static Optional<Signer> waiting(Keyring here, KeyRole role) throws IOException {
    return here.waiting().opened(role);
  }

  /// Finishes a succession that was interrupted: puts each waiting key that is trusted by now in
  /// its place. Other keys stay where people have put them.
  ///
  /// @param here opened just now
  /// @return in words, what was moved
  public static List<String> finish(Keyring here, TrustPlan plan) throws IOException {
    return here.waiting().trustedBy(plan).isEmpty() ? List.of() : settle(here, plan);
  }

  /// Moves what is to be moved under `plan`. The server and a command may do so at once: what one
  /// has moved already is done.
  ///
  /// @param here opened just now
  /// @return in words, what was
  public static List<String> settle(Keyring here, TrustPlan plan) throws IOException {
    var waiting = here.waiting().trustedBy(plan);
    var held = here.trustedBy(plan);
    var moved = new ArrayList<String>();
    for (var role : KeyRole.values()) {
      var former = here.opened(role);
      if (held.file(role).isEmpty() && here.file(role).isPresent() == former.isPresent()) {
        try {
          settle(here, role, former.orElse(null), waiting.file(role).isPresent(), moved);
        } catch (NoSuchFileException e) {
          // Moved by somebody else between the look and here.
        }
      }
    }
    return moved;
  }

  private static void settle(
      Keyring here, KeyRole role, @Nullable Signer former, boolean successor, List<String> moved)
      throws IOException {
    if (former != null && (successor || role.belongsOffline())) {
      retire(here.folder(), role, former.key().id(), successor);
      moved.add(
          "The former "
              + role.written()
              + " key is trusted no more; it lies in "
              + retired(here.folder())
              + (role.belongsOffline() ? "." : ". A backup from before needs it."));
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

  /// Copied first, so that at no moment the key is nowhere; and beside what lies there already.
  ///
  /// @param replaced whether a file of the same name takes the place next
  private static void retire(Path folder, KeyRole role, KeyId id, boolean replaced)
      throws IOException {
    var retired = Files.createDirectories(retired(folder));
    for (var file : HeldKey.files(folder, role)) {
      var name = retired(id) + file.getFileName();
      var place = retired.resolve(name);
      for (var n = 2; Files.exists(place) && Files.mismatch(file, place) >= 0; n++) {
        place = retired.resolve(name + "." + n);
      }
      if (!Files.exists(place)) {
        Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
      }
      if (!replaced || !Files.exists(next(folder).resolve(file.getFileName()))) {
        Files.delete(file);
      }
    }
  }
}
