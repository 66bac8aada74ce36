package dev.interdict.server.publish;

import dev.interdict.server.keys.OwnerOnly;
import dev.interdict.server.keys.Passphrase;
import dev.interdict.server.keys.PrivateKeyFile;
import dev.interdict.server.keys.TokenKeyFile;
import dev.interdict.server.keys.UnusableKeyException;
import dev.interdict.trust.keys.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key that is at hand and is opened once, when it is first needed. Thread-safe.
final class HeldKey {
  private static final String TOKEN = ".pkcs11";
  private static final List<String> KINDS = List.of(".pem", ".p12", TOKEN);

  private final String name;
  private final KeySource source;
  private @Nullable Signer signer;

  HeldKey(String name, KeySource source) {
    this.name = name;
    this.source = source;
  }

  /// The role's key in the folder, if it is there.
  ///
  /// @throws IOException if others may read it, or there are two of them
  static Optional<HeldKey> find(Path folder, KeyRole role, Passphrase passphrase)
      throws IOException {
    var there = KINDS.stream().filter(kind -> Files.exists(file(folder, role, kind))).toList();
    if (there.size() > 1) {
      throw new UnusableKeyException(
          "there are two keys for "
              + role.written()
              + ": "
              + file(folder, role, there.get(0))
              + " and "
              + role.written()
              + there.get(1)
              + "; keep the one that agents trust (interdict key show), move the other away");
    }
    if (there.isEmpty()) {
      return Optional.empty();
    }
    var kind = there.getFirst();
    var file = file(folder, role, kind);
    OwnerOnly.requireKey(file);
    return Optional.of(
        new HeldKey(
            role.written() + kind,
            kind.equals(TOKEN)
                ? () -> TokenKeyFile.read(file).open(passphrase)
                : () -> PrivateKeyFile.open(file, null, passphrase)));
  }

  /// The files that hold the role's key in a folder.
  static List<Path> files(Path folder, KeyRole role) {
    return KINDS.stream().map(kind -> file(folder, role, kind)).filter(Files::exists).toList();
  }

  private static Path file(Path folder, KeyRole role, String kind) {
    return folder.resolve(role.written() + kind);
  }

  /// What people call it.
  String name() {
    return name;
  }

  /// @throws MissingKeyException if it does not open
  synchronized Signer signer() {
    if (signer == null) {
      try {
        signer = source.open();
      } catch (UnusableKeyException e) {
        throw new MissingKeyException(String.valueOf(e.getMessage()), e);
      } catch (NoSuchFileException e) {
        throw new MissingKeyException(name + " was there and is gone; bring it back", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return signer;
  }
}
