package dev.interdict.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ed25519, which remembers what it has signed and verified: tests make the same repositories and
/// look at the same files over and over, and most of their time would go there. An answer is
/// remembered for exactly this key, message and signature.
///
/// Of a key that is at hand Bouncy Castle makes the signature, which is the same as the platform's
/// (RFC 8032, section 5.1.6) for a tenth of the time, and then holds for its public key. Whether
/// any other signature holds is told by the platform, as in the product. Thread-safe.
public final class RememberedSignatures extends Provider {
  private static final long serialVersionUID = 1;
  private static final String ALGORITHM = "Ed25519";
  private static final int MOST = 20_000;
  private static final Map<String, Boolean> VERIFIED = new ConcurrentHashMap<>();
  private static final Map<String, byte[]> SIGNED = new ConcurrentHashMap<>();

  private RememberedSignatures() {
    super("RememberedSignatures", "1", "remembers what was verified");
    putService(
        new Service(this, "Signature", ALGORITHM, Remembering.class.getName(), null, null) {
          @Override
          public Object newInstance(@Nullable Object parameter) {
            return new Remembering();
          }
        });
    putService(
        new Service(this, "KeyPairGenerator", ALGORITHM, PlainEd25519.class.getName(), null, null) {
          @Override
          public Object newInstance(@Nullable Object parameter) {
            return new PlainEd25519();
          }
        });
  }

  /// From now on, in this whole process.
  public static void install() {
    if (Security.getProvider("RememberedSignatures") == null) {
      Security.insertProviderAt(new RememberedSignatures(), 1);
    }
  }

  private static final class Remembering extends SignatureSpi {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable PublicKey publicKey;
    private @Nullable PrivateKey privateKey;

    private static Signature platform() throws SignatureException {
      try {
        return Signature.getInstance(ALGORITHM, "SunEC");
      } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
        throw new SignatureException(e);
      }
    }

    private static String name(byte[]... parts) throws NoSuchAlgorithmException {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(ByteBuffer.allocate(4).putInt(part.length).array());
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    }

    private static <T> void remember(Map<String, T> known, String name, T what) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(name, what);
    }

    @Override
    protected void engineInitVerify(PublicKey key) {
      publicKey = key;
      message.reset();
    }

    @Override
    protected void engineInitSign(PrivateKey key) {
      privateKey = key;
      message.reset();
    }

    @Override
    protected void engineUpdate(byte one) {
      message.write(one);
    }

    @Override
    protected void engineUpdate(byte[] some, int from, int count) {
      message.write(some, from, count);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      var key = privateKey;
      if (key == null) {
        throw new SignatureException("no key");
      }
      try {
        // A key of a token has no bytes to know it by.
        var encoded = key.getEncoded();
        var name = encoded == null ? null : name(encoded, message.toByteArray());
        var known = name == null ? null : SIGNED.get(name);
        if (known != null) {
          return known.clone();
        }
        var signature = PlainEd25519.is(encoded) ? quick(encoded) : slow(key);
        if (name != null) {
          remember(SIGNED, name, signature.clone());
        }
        return signature;
      } catch (InvalidKeyException | NoSuchAlgorithmException e) {
        throw new SignatureException(e);
      }
    }

    private byte[] quick(byte[] encoded) throws NoSuchAlgorithmException {
      var told = message.toByteArray();
      var signer = PlainEd25519.publicKey(encoded);
      var signature = PlainEd25519.sign(encoded, signer, told);
      remember(VERIFIED, name(signer, signature, told), true);
      return signature;
    }

    private byte[] slow(PrivateKey key) throws SignatureException, InvalidKeyException {
      var signing = platform();
      signing.initSign(key);
      signing.update(message.toByteArray());
      return signing.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      var key = publicKey;
      if (key == null) {
        throw new SignatureException("no key");
      }
      try {
        var name = name(key.getEncoded(), signature, message.toByteArray());
        var known = VERIFIED.get(name);
        if (known != null) {
          return known;
        }
        var verifying = platform();
        verifying.initVerify(key);
        verifying.update(message.toByteArray());
        var holds = verifying.verify(signature);
        remember(VERIFIED, name, holds);
        return holds;
      } catch (InvalidKeyException | NoSuchAlgorithmException e) {
        throw new SignatureException(e);
      }
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new InvalidParameterException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new InvalidParameterException(name);
    }
  }
}
