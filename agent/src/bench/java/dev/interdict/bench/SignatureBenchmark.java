package dev.interdict.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Signatures of 600 bytes, in operations per second of one thread. Bouncy Castle is measured for
/// the server, which has it for passwords; devices do without.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SignatureBenchmark {
  @Param({"Ed25519", "Ed25519 of Bouncy Castle", "ECDSA P-256", "RSA-PSS 2048"})
  public String scheme = "";

  private final byte[] message = new byte[600];
  private byte[] signature = {};
  private @Nullable KeyPair pair;

  @Setup
  public void sign() throws GeneralSecurityException {
    new SecureRandom().nextBytes(message);
    var generator = KeyPairGenerator.getInstance(scheme.split("[ -]", 2)[0].replace("ECDSA", "EC"));
    if (!scheme.startsWith("Ed")) {
      generator.initialize(scheme.startsWith("EC") ? 256 : 2048);
    }
    pair = generator.generateKeyPair();
    signature = signed();
  }

  private Signature algorithm() throws GeneralSecurityException {
    if (scheme.endsWith("Castle")) {
      return Signature.getInstance("Ed25519", CASTLE);
    }
    if (scheme.startsWith("Ed")) {
      return Signature.getInstance("Ed25519");
    }
    if (scheme.startsWith("EC")) {
      return Signature.getInstance("SHA256withECDSA");
    }
    var pss = Signature.getInstance("RSASSA-PSS");
    pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    return pss;
  }

  private static final Provider CASTLE = new BouncyCastleProvider();

  private KeyPair pair() {
    if (pair == null) {
      throw new IllegalStateException("not set up");
    }
    return pair;
  }

  @Benchmark
  public byte[] signed() throws GeneralSecurityException {
    var signing = algorithm();
    signing.initSign(pair().getPrivate());
    signing.update(message);
    return signing.sign();
  }

  @Benchmark
  public boolean verified() throws GeneralSecurityException {
    var verifying = algorithm();
    verifying.initVerify(pair().getPublic());
    verifying.update(message);
    return verifying.verify(signature);
  }
}
