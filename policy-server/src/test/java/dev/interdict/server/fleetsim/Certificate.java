package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A server's certificate for one run, with an ECDSA key, and who believes it.
final class Certificate {
  private static final String PASSWORD = "no secret, it guards a measurement";
  private static final String STORE = "server.p12";

  private Certificate() {}

  /// Makes one for the server of `folder`, has it use it, and returns what believes that one alone.
  static SSLContext make(Path folder) throws IOException, InterruptedException {
    var store = folder.resolve(STORE);
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keystore",
                    store.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=ip:127.0.0.1"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + Files.readString(folder.resolve("keytool.log")));
    }
    var alone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var password = Files.createFile(folder.resolve(STORE + ".password"), alone);
    Files.writeString(password, PASSWORD + "\n");
    ServerProcess.set(
        folder, "tls: {store: %s, password-file: %s.password}".formatted(STORE, STORE));
    try {
      return believing(store);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate that was just made cannot be used", e);
    }
  }

  private static SSLContext believing(Path store) throws IOException, GeneralSecurityException {
    var made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var believed = KeyStore.getInstance("PKCS12");
    believed.load(null, null);
    believed.setCertificateEntry("server", made.getCertificate("server"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(believed);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), new SecureRandom());
    return context;
  }
}
