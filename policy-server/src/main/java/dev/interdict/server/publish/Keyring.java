package dev.interdict.server.publish;

import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.KeyFile;
import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.OnlineSigners;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryPlan.SmallKeys;
import dev.interdict.trust.repository.RepositoryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The private keys in a folder, one file a role. Keys that people took offline are simply not
/// there.
///
/// A key file that others may read is refused: who can read it can sign.
public final class Keyring {
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path folder;
  private final Map<KeyRole, Signer> signers;

  private Keyring(Path folder, Map<KeyRole, Signer> signers) {
    this.folder = folder;
    this.signers = Map.copyOf(signers);
  }

  /// Makes the folder and a new key for every role.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite a key
  public static Keyring create(Path folder, SecureRandom random) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
    var signers = new EnumMap<KeyRole, Signer>(KeyRole.class);
    for (var role : KeyRole.values()) {
      var signer = Ed25519Signer.generate(random);
      KeyFile.write(folder.resolve(role.file()), signer);
      signers.put(role, signer);
    }
    return new Keyring(folder, signers);
  }

  /// No keys.
  static Keyring none(Path folder) {
    return new Keyring(folder, Map.of());
  }

  /// These keys, with those of `others` in place of the ones of the same roles.
  Keyring succeededBy(Keyring others) {
    var all = new EnumMap<KeyRole, Signer>(KeyRole.class);
    all.putAll(signers);
    all.putAll(others.signers);
    return new Keyring(folder, all);
  }

  /// Those of these keys that are trusted in their roles.
  Keyring only(Map<KeyRole, Set<KeyId>> trusted) {
    var kept = new EnumMap<KeyRole, Signer>(KeyRole.class);
    signers.forEach((role, signer) -> {
      if (trusted.getOrDefault(role, Set.of()).contains(signer.key().id())) {
        kept.put(role, signer);
      }
    });
    return new Keyring(folder, kept);
  }

  /// All keys that are here.
  public Collection<Signer> all() {
    return signers.values();
  }

  /// The keys that are in the folder.
  ///
  /// @throws IOException if a key cannot be read, is encrypted, or others may read it
  public static Keyring open(Path folder) throws IOException {
    var signers = new EnumMap<KeyRole, Signer>(KeyRole.class);
    for (var role : KeyRole.values()) {
      var file = folder.resolve(role.file());
      if (Files.exists(file)) {
        refuseIfShared(file);
        signers.put(role, KeyFile.read(file));
      }
    }
    return new Keyring(folder, signers);
  }

  private static void refuseIfShared(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    var permissions = Files.getPosixFilePermissions(file);
    if (!OWNER.containsAll(permissions)) {
      throw new IOException(
          "key file "
              + file
              + " is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod 600 "
              + file
              + ", and replace the key if somebody may have read it");
    }
  }

  /// These keys, with the one in `file` for `role`: a key that was brought for this command.
  ///
  /// @throws IOException if it cannot be read, is encrypted, or others may read it
  public Keyring with(KeyRole role, Path file) throws IOException {
    refuseIfShared(file);
    var more = new EnumMap<KeyRole, Signer>(KeyRole.class);
    more.putAll(signers);
    more.put(role, KeyFile.read(file));
    return new Keyring(folder, more);
  }

  /// The key of the role, if it is here.
  public Optional<Signer> signer(KeyRole role) {
    return Optional.ofNullable(signers.get(role));
  }

  /// The key of a role that the server cannot do without.
  ///
  /// @throws MissingKeyException if it is not here
  public Signer need(KeyRole role) {
    return signer(role)
        .orElseThrow(() ->
            new MissingKeyException(
                "the "
                    + role.written()
                    + " key is not in "
                    + folder
                    + "; bring "
                    + role.file()
                    + (role.belongsOffline() ? " there, or name the file with --key" : " there")));
  }

  /// The first of the server's own keys that agents do not trust in its role.
  public Optional<KeyRole> untrusted(RepositoryState state) {
    var root = state.trusted().root();
    var trusted = new EnumMap<KeyRole, Set<KeyId>>(KeyRole.class);
    trusted.put(KeyRole.SNAPSHOT, root.keys(RoleName.SNAPSHOT).ids());
    trusted.put(KeyRole.TIMESTAMP, root.keys(RoleName.TIMESTAMP).ids());
    if (root.time() != null) {
      trusted.put(KeyRole.TIME, root.time().ids());
    }
    for (var delegation : state.role(RoleName.TARGETS).delegations()) {
      if (delegation.role().equals(RepositoryPlan.EXEMPTIONS)) {
        trusted.put(KeyRole.EXEMPTIONS, delegation.keys().ids());
      } else if (delegation.role().equals(RepositoryPlan.CONTROLS)) {
        trusted.put(KeyRole.CONTROLS, delegation.keys().ids());
      }
    }
    return trusted.entrySet().stream()
        .filter(entry ->
            signer(entry.getKey())
                .filter(key -> !entry.getValue().contains(key.key().id()))
                .isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// The keys without which the repository goes stale.
  public OnlineSigners online() {
    return new OnlineSigners(need(KeyRole.SNAPSHOT), need(KeyRole.TIMESTAMP));
  }

  /// All keys, for the beginning of a repository.
  public SmallKeys beginning() {
    return new SmallKeys(
        need(KeyRole.ROOT),
        need(KeyRole.TARGETS),
        need(KeyRole.BLOCKLIST),
        need(KeyRole.EXEMPTIONS),
        need(KeyRole.CONTROLS),
        need(KeyRole.SNAPSHOT),
        need(KeyRole.TIMESTAMP),
        need(KeyRole.TIME));
  }
}
