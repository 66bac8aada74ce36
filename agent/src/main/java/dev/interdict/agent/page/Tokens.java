package dev.interdict.agent.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secrets of one page: the one-time token in the address, the cookie that it is exchanged for,
/// and a token for each form. Drawn anew for each process and kept in its memory only. Thread-safe.
public final class Tokens {
  private static final int BYTES = 16;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final String opening = drawn();
  private final String session = drawn();
  private final SecretKeySpec forms = new SecretKeySpec(drawn().getBytes(UTF_8), "HmacSHA256");
  private final AtomicBoolean opened = new AtomicBoolean();

  private static String drawn() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }

  /// What the address brings.
  String opening() {
    return opening;
  }

  /// Whether this is the token of the address; true once only.
  boolean open(String token) {
    return same(token, opening) && opened.compareAndSet(false, true);
  }

  /// The cookie's value.
  String session() {
    return session;
  }

  boolean isSession(String value) {
    return same(value, session);
  }

  /// Fits only the form that answers `verb` about this rule or thing.
  String form(String verb, String about) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(forms);
      return TEXT.encodeToString(mac.doFinal((verb + "\n" + about).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  boolean isForm(String token, String verb, String about) {
    return same(token, form(verb, about));
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8));
  }
}
