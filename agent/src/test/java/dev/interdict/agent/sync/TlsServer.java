package dev.interdict.agent.sync;

import dev.interdict.policy.Beacon;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A real TLS server on loopback that notes who came and what it heard after the handshake.
final class TlsServer implements AutoCloseable {
  private static final String PASSWORD = "a-password";

  private final SSLServerSocket listening;
  private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();

  /// One handshake that came to its end.
  ///
  /// @param bytes heard after it
  record Visit(String protocol, String serverName, int bytes) {}

  /// A key and a certificate, not necessarily of that key.
  record Identity(PrivateKey key, X509Certificate certificate) {

    /// Made by the JDK's own tool, as a company would.
    static Identity make(Path folder, String name, String algorithm) throws Exception {
      return make(folder, name, algorithm, "-startdate", "-400d");
    }

    /// One that is good now, for a host such as `ip:127.0.0.1`.
    static Identity current(Path folder, String name, String host) throws Exception {
      return make(folder, name, "EC", "-ext", "SAN=" + host);
    }

    /// One that is good for 30 days from then on, such as `-31d`, and an authority, as what
    /// `openssl req -x509` makes.
    static Identity begun(Path folder, String name, String host, String start) throws Exception {
      return make(
          folder, name, "EC", "-ext", "SAN=" + host, "-ext", "BC=ca:true", "-startdate", start);
    }

    /// The same key and name with another certificate, good from then on: as somebody renews it who
    /// asks no client to trust anything new.
    static Identity renewed(Path folder, String name, String host, String start) throws Exception {
      keytool(
          folder,
          name,
          "-selfcert",
          List.of(
              "-validity", "30", "-ext", "SAN=" + host, "-ext", "BC=ca:true", "-startdate", start));
      return read(folder, name);
    }

    private static Identity make(Path folder, String name, String algorithm, String... more)
        throws Exception {
      var words = new ArrayList<String>();
      words.addAll(
          List.of("-keyalg", algorithm, "-dname", "CN=elsewhere.example", "-validity", "30"));
      words.addAll(List.of(more));
      keytool(folder, name, "-genkeypair", words);
      return read(folder, name);
    }

    private static void keytool(Path folder, String name, String does, List<String> more)
        throws Exception {
      var words = new ArrayList<String>();
      words.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              does,
              "-keystore",
              folder.resolve(name + ".p12").toString(),
              "-storetype",
              "PKCS12",
              "-storepass",
              PASSWORD,
              "-alias",
              name));
      words.addAll(more);
      var log = folder.resolve(name + ".log").toFile();
      var process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log).start();
      if (process.waitFor() != 0) {
        throw new IOException(Files.readString(log.toPath()));
      }
    }

    private static Identity read(Path folder, String name) throws Exception {
      var keys = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
        keys.load(in, PASSWORD.toCharArray());
      }
      return new Identity(
          (PrivateKey) keys.getKey(name, PASSWORD.toCharArray()),
          (X509Certificate) keys.getCertificate(name));
    }

    String pem() throws Exception {
      var encoded = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
    }

    Identity withCertificateOf(Identity other) {
      return new Identity(key, other.certificate);
    }

    String pin() throws Exception {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(certificate.getPublicKey().getEncoded()));
    }

    SSLContext context() throws Exception {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new OneIdentity(key, certificate)}, null, null);
      return context;
    }
  }

  private TlsServer(SSLServerSocket listening) {
    this.listening = listening;
  }

  static TlsServer start(SSLContext context, String version) throws IOException {
    var socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setEnabledProtocols(new String[] {version});
    var server = new TlsServer(socket);
    Thread.ofVirtual().start(server::serve);
    return server;
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (var client = (SSLSocket) listening.accept()) {
        client.startHandshake();
        var session = (ExtendedSSLSession) client.getSession();
        var name =
            session.getRequestedServerNames().isEmpty()
                ? ""
                : ((SNIHostName) session.getRequestedServerNames().getFirst()).getAsciiName();
        visits.add(new Visit(session.getProtocol(), name, heard(client)));
      } catch (IOException e) {
        // Closed, or a client that did not like what it saw.
      }
    }
  }

  private static int heard(SSLSocket client) {
    var bytes = 0;
    try {
      while (client.getInputStream().read() >= 0) {
        bytes++;
      }
    } catch (IOException e) {
      // Dropped without a word, which is what is wanted.
    }
    return bytes;
  }

  Visit visit() throws InterruptedException {
    var visit = visits.poll(60, TimeUnit.SECONDS);
    if (visit == null) {
      throw new AssertionError("nobody came");
    }
    return visit;
  }

  Beacon beacon(String host, Identity identity) throws Exception {
    return new Beacon(host, listening.getLocalPort(), identity.pin());
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
