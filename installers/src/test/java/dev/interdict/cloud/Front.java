package dev.interdict.cloud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;

/// A real nginx with the configuration of the compose file, ports and folders of its own.
final class Front implements AutoCloseable {
  private static final Path NGINX = Path.of("/usr/sbin/nginx");
  private static final Path OPENSSL = Path.of("/usr/bin/openssl");

  private final Process process;
  private final HttpClient client;
  private final Path cache;
  private final int forDevices;
  private final int forPeople;

  private Front(Process process, HttpClient client, Path cache, int forDevices, int forPeople) {
    this.process = process;
    this.client = client;
    this.cache = cache;
    this.forDevices = forDevices;
    this.forPeople = forPeople;
  }

  /// Skips the test where there is no nginx or no openssl.
  static Front before(Path folder, int devices, int people)
      throws IOException, InterruptedException, GeneralSecurityException {
    Assumptions.assumeTrue(Files.isExecutable(NGINX), "there is no nginx here");
    Assumptions.assumeTrue(Files.isExecutable(OPENSSL), "there is no openssl here");
    var certificate = folder.resolve("tls.crt");
    Run.ok(
        OPENSSL.toString(),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=front",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        folder + "/tls.key",
        "-out",
        "" + certificate);
    var cache = folder.resolve("signed");
    var ports = free();
    var text = Files.readString(Path.of("src/compose/nginx.conf"));
    for (var part :
        List.of(
            List.of("worker_processes auto;", "worker_processes 1; daemon off; user root;"),
            List.of(" /tmp/", " " + folder + "/"),
            List.of("/var/cache/nginx/signed", "" + cache),
            List.of("/etc/nginx/tls/", folder + "/"),
            List.of("server 127.0.0.1:8460;", "server 127.0.0.1:" + devices + ";"),
            List.of("server 127.0.0.1:8461;", "server 127.0.0.1:" + people + ";"),
            List.of("listen 8443 ssl;", "listen 127.0.0.1:" + ports.getFirst() + " ssl;"),
            List.of("listen 8444 ssl;", "listen 127.0.0.1:" + ports.getLast() + " ssl;"))) {
      if (!text.contains(part.getFirst())) {
        throw new IOException("nginx.conf lacks: " + part.getFirst());
      }
      text = text.replace(part.getFirst(), part.getLast());
    }
    var configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, text);
    var log = folder.resolve("nginx.log");
    var command =
        List.of(NGINX.toString(), "-e", "" + log, "-p", "" + folder, "-c", "" + configuration);
    var checked = new ArrayList<>(command);
    checked.add("-t");
    Run.ok(checked.toArray(String[]::new));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var front = new Front(process, client(certificate), cache, ports.getFirst(), ports.getLast());
    front.awaitOpen(log);
    return front;
  }

  HttpResponse<String> device(String path, String... headers)
      throws IOException, InterruptedException {
    return get(forDevices, path, headers);
  }

  HttpResponse<String> people(String path, String... headers)
      throws IOException, InterruptedException {
    return get(forPeople, path, headers);
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address(forDevices, path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// The keys of all that it keeps.
  List<String> kept() throws IOException, InterruptedException {
    return Run.ok("sh", "-c", "grep -rahos '^KEY: .*' \"$0\" | sort", cache.toString())
        .lines()
        .map(line -> line.substring("KEY: ".length()))
        .toList();
  }

  private HttpResponse<String> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    var question = HttpRequest.newBuilder(address(port, path));
    if (headers.length > 0) {
      question.headers(headers);
    }
    return client.send(question.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI address(int port, String path) {
    return URI.create("https://127.0.0.1:" + port + path);
  }

  private static HttpClient client(Path certificate) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "front", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build();
  }

  private static List<Integer> free() throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    try (var one = new ServerSocket(0, 1, loopback);
        var other = new ServerSocket(0, 1, loopback)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    }
  }

  private void awaitOpen(Path log) throws IOException, InterruptedException {
    for (var tries = 0; tries < 300; tries++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), forDevices)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException("nginx did not start: " + Files.readString(log), e);
        }
      }
      Thread.sleep(50);
    }
    close();
    throw new IOException("nginx does not listen: " + Files.readString(log));
  }

  @Override
  public void close() {
    client.close();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
  }
}
