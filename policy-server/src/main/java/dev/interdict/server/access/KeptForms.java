package dev.interdict.server.access;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What somebody typed, while they prove at an identity provider who they are. It comes back to the
/// same account in the same browser alone, for a short time; an account has one. It is sealed
/// (AES-256-GCM) under a key that is made of the browser's secret, of which the database has a hash
/// alone: who has the database reads nothing of it. Thread-safe.
public final class KeptForms {
  /// How long it is kept: as long as a sign-in that was begun may take.
  public static final Duration LONGEST = Duration.ofMinutes(10);

  /// Bytes of the longest that is kept.
  public static final int LARGEST = 4 << 20;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Database database;
  private final SecureRandom random;
  private final InstantSource clock;

  public KeptForms(Database database, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.random = random;
    this.clock = clock;
  }

  /// Keeps a form in place of what the account had kept before.
  ///
  /// @return the secret, for a cookie of this browser
  /// @throws IllegalArgumentException if it is longer than [#LARGEST]
  public String keep(String account, byte[] form) {
    if (form.length > LARGEST) {
      throw new IllegalArgumentException("a form of " + form.length + " bytes is too long");
    }
    var secret = Secrets.fresh(random);
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var sealed = cipher(Cipher.ENCRYPT_MODE, secret, account, nonce, form);
    var text =
        Base64.getEncoder()
            .encodeToString(
                ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    database.write(connection -> {
      Sql.update(
          connection,
          "delete from kept_form where account = ? or expires_at <= ?",
          account,
          clock.millis());
      return Sql.update(
          connection,
          "insert into kept_form (secret_hash, account, sealed, expires_at) values (?,?,?,?)",
          Secrets.hash(secret),
          account,
          text,
          clock.instant().plus(LONGEST).toEpochMilli());
    });
    return secret;
  }

  /// Lets go of those whose time is over, which nobody can read any more.
  ///
  /// @return how many
  public int letGo() {
    var now = clock.millis();
    // Looked at without the writer, since there is hardly ever one.
    return database.first("select 1 from kept_form where expires_at <= ? limit 1", _ -> 1, now)
            == null
        ? 0
        : database.write(connection ->
            Sql.update(connection, "delete from kept_form where expires_at <= ?", now));
  }

  /// A form that is kept; empty where there is none for this account and browser any more. It stays
  /// until it ends or another takes its place: who loads the page anew loses nothing.
  ///
  /// @param secret of the browser's cookie
  public Optional<byte[]> read(String account, String secret) {
    var text = sealed(account, Secrets.hash(secret));
    if (text == null) {
      return Optional.empty();
    }
    var all = Base64.getDecoder().decode(text);
    var nonce = Arrays.copyOf(all, NONCE_BYTES);
    var sealed = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
    return Optional.of(cipher(Cipher.DECRYPT_MODE, secret, account, nonce, sealed));
  }

  private @Nullable String sealed(String account, String hash) {
    return database.read(handle ->
        handle
            .createQuery(
                "select sealed from kept_form where secret_hash = :hash and account = :account and"
                    + " expires_at > :now")
            .bind("hash", hash)
            .bind("account", account)
            .bind("now", clock.millis())
            .mapTo(String.class)
            .findOne()
            .orElse(null));
  }

  private static byte[] cipher(int mode, String secret, String account, byte[] nonce, byte[] text) {
    try {
      // Another hash than the one that stands beside it.
      var key =
          MessageDigest.getInstance("SHA-256")
              .digest(("kept form " + secret).getBytes(StandardCharsets.UTF_8));
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a kept form cannot be sealed or opened", e);
    }
  }
}
