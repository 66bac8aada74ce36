package dev.interdict.simulation;

import java.io.ByteArrayOutputStream;
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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ed25519 of the platform, which remembers what it has verified: workstations and server verify
/// the same files over and over, and nearly all the time of a life would go there.
final class RememberedSignatures extends Provider {
  private static final long serialVersionUID = 1;
  private static final String ALGORITHM = "Ed25519";
  private static final int MOST = 20_000;
  private static final Map<String, Boolean> VERIFIED = new HashMap<>();

  private RememberedSignatures() {
    super("RememberedSignatures", "1", "remembers what was verified");
    putService(
        new Service(this, "Signature", ALGORITHM, Remembering.class.getName(), null, null) {
          @Override
          public Object newInstance(@Nullable Object parameter) {
            return new Remembering();
          }
        });
  }

  /// From now on, in this whole process.
  static void install() {
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
      try {
        var signing = platform();
        signing.initSign(privateKey);
        signing.update(message.toByteArray());
        return signing.sign();
      } catch (InvalidKeyException e) {
        throw new SignatureException(e);
      }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      var key = publicKey;
      if (key == null) {
        throw new SignatureException("no key");
      }
      try {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(key.getEncoded());
        digest.update(signature);
        digest.update(message.toByteArray());
        var name = HexFormat.of().formatHex(digest.digest());
        var known = VERIFIED.get(name);
        if (known != null) {
          return known;
        }
        var verifying = platform();
        verifying.initVerify(key);
        verifying.update(message.toByteArray());
        var holds = verifying.verify(signature);
        if (VERIFIED.size() >= MOST) {
          VERIFIED.clear();
        }
        VERIFIED.put(name, holds);
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
