package dev.interdict.server.publish;

import dev.interdict.server.keys.Passphrase;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.KeyFile;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.repository.OnlineSigners;
import dev.interdict.trust.repository.RepositoryPlan.SmallKeys;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The private keys in a folder, one file a role: `ROLE.pem`, `ROLE.p12` or, for a key in a token,
/// `ROLE.pkcs11`. Keys that people took offline are simply not there.
///
/// A key file that others may read is refused: who can read it can sign. A key is opened when it is
/// first needed, so that one that this server cannot open stands in nobody's way until then.
public final class Keyring {
  private final Path folder;
  private final Passphrase passphrase;
  private final Map<KeyRole, HeldKey> keys;

  private Keyring(Path folder, Passphrase passphrase, Map<KeyRole, HeldKey> keys) {
    this.folder = folder;
    this.passphrase = passphrase;
    this.keys = Map.copyOf(keys);
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
    for (var role : KeyRole.values()) {
      KeyFile.write(folder.resolve(role.file()), Ed25519Signer.generate(random));
    }
    return open(folder);
  }

  /// The keys that are in the folder, where none of them that is needed is under a passphrase.
  ///
  /// @throws IOException if others may read a key, or there are two for one role
  public static Keyring open(Path folder) throws IOException {
    return open(folder, Passphrase.NONE);
  }

  /// The keys that wait to take the place of these, or none.
  Keyring waiting() throws IOException {
    var next = Succession.next(folder);
    return Files.isDirectory(next)
        ? open(next, passphrase)
        : new Keyring(next, passphrase, Map.of());
  }

  /// The folder's keys as they are now.
  public Keyring reopened() throws IOException {
    return open(folder, passphrase);
  }

  /// Where they lie.
  public Path folder() {
    return folder;
  }

  /// These keys, with those of `others` in place of the ones of the same roles.
  Keyring succeededBy(Keyring others) {
    var all = new EnumMap<KeyRole, HeldKey>(KeyRole.class);
    all.putAll(keys);
    all.putAll(others.keys);
    return new Keyring(folder, passphrase, all);
  }

  /// Those of these keys that open and are trusted in their roles.
  Keyring trustedBy(TrustPlan plan) {
    var kept = new EnumMap<KeyRole, HeldKey>(KeyRole.class);
    keys.forEach((role, key) -> {
      if (opened(role).isPresent() && isTrusted(role, plan)) {
        kept.put(role, key);
      }
    });
    return new Keyring(folder, passphrase, kept);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /// The key of the role, if it is here and opens.
  Optional<Signer> opened(KeyRole role) {
    try {
      return signer(role);
    } catch (MissingKeyException e) {
      return Optional.empty();
    }
  }

  /// All keys that are here and open.
  public List<Signer> opened() {
    return keys.keySet().stream().flatMap(role -> opened(role).stream()).toList();
  }

  boolean isTrusted(KeyRole role, TrustPlan plan) {
    var trusted = plan.keys(role.role());
    return trusted != null
        && signer(role).filter(key -> trusted.ids().contains(key.key().id())).isPresent();
  }

  /// The keys that are in the folder.
  ///
  /// @param passphrase what those of them are under that are under one, and the PIN of tokens
  /// @throws IOException if others may read a key, or there are two for one role
  public static Keyring open(Path folder, Passphrase passphrase) throws IOException {
    var keys = new EnumMap<KeyRole, HeldKey>(KeyRole.class);
    for (var role : KeyRole.values()) {
      HeldKey.find(folder, role, passphrase).ifPresent(key -> keys.put(role, key));
    }
    return new Keyring(folder, passphrase, keys);
  }

  /// These keys, with `key` for `role`: one that was brought for this command. It is opened when it
  /// is first needed.
  public Keyring with(KeyRole role, KeySource key) {
    var more = new EnumMap<KeyRole, HeldKey>(KeyRole.class);
    more.putAll(keys);
    more.put(role, new HeldKey("the key that was named", key));
    return new Keyring(folder, passphrase, more);
  }

  /// The name of the role's file, if there is one here, whether it opens or not.
  public Optional<String> file(KeyRole role) {
    return Optional.ofNullable(keys.get(role)).map(HeldKey::name);
  }

  /// The key of the role, if it is here.
  ///
  /// @throws MissingKeyException if it is here and does not open
  public Optional<Signer> signer(KeyRole role) {
    return Optional.ofNullable(keys.get(role)).map(HeldKey::signer);
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
