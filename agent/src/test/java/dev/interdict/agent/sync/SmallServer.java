package dev.interdict.agent.sync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.report.DeviceId;
import dev.interdict.report.EnrolAnswer;
import dev.interdict.report.EnrolRequest;
import dev.interdict.report.Groups;
import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.TimeStatement;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.wire.Headers;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A policy server on loopback, just large enough for an agent: a real repository, signed time,
/// reports and enrolment, and answers to order where a test wants bad ones.
final class SmallServer implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-07-03T02:00:00Z");

  final RepositoryPlan.SmallKeys keys;
  final Repository repository;
  final Path folder;

  /// `METHOD path` of each request, in order.
  final List<String> asked = new CopyOnWriteArrayList<>();

  /// Bodies of reports and enrolments that were taken.
  final List<String> taken = new CopyOnWriteArrayList<>();

  /// Answers in place of the honest ones, by path.
  final Map<String, Reply> instead = new ConcurrentHashMap<>();

  /// Groups that its token puts devices in.
  final List<String> groups = new CopyOnWriteArrayList<>();

  /// Statuses for reports, by sequence.
  final Map<Long, Integer> statuses = new ConcurrentHashMap<>();

  private final HttpServer http;
  private final SeededRandom random = new SeededRandom(11);

  /// Answers one request.
  @FunctionalInterface
  interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  SmallServer(Path folder) throws IOException, RepositoryException {
    this(folder, null);
  }

  /// @param tls what it shows; null for plain HTTP
  SmallServer(Path folder, @Nullable SSLContext tls) throws IOException, RepositoryException {
    this.folder = folder;
    keys =
        new RepositoryPlan.SmallKeys(
            signer(), signer(), signer(), signer(), signer(), signer(), signer(), signer());
    var year = new Expiries(Map.of(), Duration.ofDays(365));
    repository = Repository.create(folder, RepositoryPlan.small(keys, year), () -> NOW);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      http = HttpServer.create(address, 0);
    } else {
      var https = HttpsServer.create(address, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
      http = https;
    }
    http.createContext("/", this::answer);
    http.start();
  }

  private Signer signer() {
    return Ed25519Signer.generate(random);
  }

  URI address() {
    return URI.create(
        (http instanceof HttpsServer ? "https" : "http")
            + "://127.0.0.1:"
            + http.getAddress().getPort()
            + "/");
  }

  static Reply status(int status) {
    return exchange -> {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  static Reply body(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (var out = exchange.getResponseBody()) {
        out.write(bytes);
      } catch (IOException e) {
        // Whoever asked has read enough.
      }
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + path);
    var other = instead.get(path);
    if (other != null) {
      other.to(exchange);
    } else if (path.startsWith(Routes.TUF)) {
      var file = folder.resolve(path.substring(Routes.TUF.length()));
      (Files.isRegularFile(file) ? body(Files.readAllBytes(file)) : status(404)).to(exchange);
    } else if (path.equals(Routes.TIME)) {
      body(TimeStatement.sign(nonce(exchange), NOW, keys.time())).to(exchange);
    } else if (path.equals(Routes.ENROL)) {
      var request = text(exchange);
      taken.add(request);
      body(new EnrolAnswer(deviceOf(request), Groups.of(groups)).write()).to(exchange);
    } else {
      var sequence = Long.parseLong(exchange.getRequestHeaders().getFirst(Headers.SEQUENCE));
      var status = statuses.getOrDefault(sequence, 204);
      var report = text(exchange);
      if (status == 204) {
        taken.add(report);
      }
      status(status).to(exchange);
    }
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static DeviceId deviceOf(String request) throws IOException {
    try {
      return EnrolRequest.read(request.getBytes(StandardCharsets.UTF_8)).device().id();
    } catch (JsonException e) {
      throw new IOException(e);
    }
  }

  private static byte[] nonce(HttpExchange exchange) throws IOException {
    try {
      var faults = new ArrayList<Fault>();
      var json = JsonReader.read(exchange.getRequestBody().readAllBytes(), JsonLimits.OWN);
      return HexFormat.of().parseHex(Fields.of(json, faults).text("nonce"));
    } catch (JsonException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
