package dev.interdict.agent.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Serves the page on 127.0.0.1 and a free port to the one browser that brings the one-time token.
/// Whatever else asks gets a short refusal.
final class PageServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int MOST_QUERY = 1 << 10;

  static {
    // Read by the JDK's server when its first instance is made; bounds what any local process can
    // take of it.
    System.setProperty("jdk.httpserver.maxConnections", "8");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "4");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "60");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "16384");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Tokens tokens = new Tokens();
  private final Gate gate;
  private final Guard guard;
  private final Page page;
  private final Lifetime lifetime;
  private final String rule;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
  private final AtomicReference<@Nullable Language> chosen = new AtomicReference<>();

  private PageServer(HttpServer server, Guard guard, Page page, LongSupplier nanos, String rule) {
    this.server = server;
    this.gate = new Gate("127.0.0.1:" + server.getAddress().getPort(), tokens);
    this.guard = guard;
    this.page = page;
    this.lifetime = new Lifetime(nanos);
    this.rule = rule;
  }

  /// Begins to serve.
  ///
  /// @param nanos as for [Lifetime]
  /// @param rule at which the page opens, or an empty text
  static PageServer open(Guard guard, Page page, LongSupplier nanos, String rule)
      throws IOException {
    var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    var http = HttpServer.create(new InetSocketAddress(loopback, 0), THREADS);
    var server = new PageServer(http, guard, page, nanos, rule);
    http.setExecutor(server.threads);
    http.createContext("/", server::serve);
    http.start();
    return server;
  }

  /// The address that opens the page, once.
  URI opening() {
    return URI.create("http://" + gate.authority() + "/open?token=" + tokens.opening());
  }

  /// Waits until the page was closed or its time is over.
  void await() throws InterruptedException {
    while (!closed.await(1, TimeUnit.SECONDS)) {
      if (lifetime.over()) {
        return;
      }
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      made(exchange).send(exchange);
    }
  }

  private Reply made(HttpExchange exchange) throws IOException {
    try {
      return reply(exchange);
    } catch (RuntimeException e) {
      System.err.println("interdict-agent page: the page could not be made: " + e);
      return Reply.refusal(500, "The page could not be made.");
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    var uri = exchange.getRequestURI();
    var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    if (!gate.addressed(headers)) {
      return Reply.refusal(421, "This is not the address of this page.");
    }
    var form = query.length() > MOST_QUERY ? null : Form.read(query);
    if (form == null) {
      return Reply.refusal(400, "The address is not understood.");
    }
    var post = exchange.getRequestMethod().equals("POST");
    if (!post && !exchange.getRequestMethod().equals("GET")) {
      return Reply.refusal(405, "Only GET and POST are answered.");
    }
    var path = String.valueOf(uri.getRawPath());
    if (!post && path.equals("/open")) {
      return tokens.open(form.get("token"))
          ? Reply.seeOther(rule.isEmpty() ? "/" : "/#" + rule).cookie(tokens.session())
          : Reply.refusal(403, "This address was used already. Open the page again.");
    }
    if (!gate.known(headers)) {
      return Reply.refusal(403, "Open this page with: interdict-agent page");
    }
    lifetime.touch();
    return switch ((post ? "POST " : "GET ") + path) {
      case "GET /" -> show(form, language(exchange, form));
      case "GET /style.css" -> Reply.style();
      case "POST /answer" -> answer(exchange);
      case "POST /close" -> close(exchange);
      default -> Reply.refusal(404, "There is no such page here.");
    };
  }

  private Reply show(Form query, Language language) {
    if (!query.get("lang").isEmpty()) {
      return Reply.seeOther("/");
    }
    return Reply.html(page.of(Standing.asked(guard), language, outcome.getAndSet(null), tokens));
  }

  /// The language that was chosen, else the browser's.
  private Language language(HttpExchange exchange, Form query) {
    for (var language : Language.values()) {
      if (language.tag().equals(query.get("lang"))) {
        chosen.set(language);
      }
    }
    var before = chosen.get();
    return before != null
        ? before
        : accepted(exchange.getRequestHeaders().getFirst("Accept-Language"));
  }

  static Language accepted(@Nullable String header) {
    try {
      if (header != null && header.length() <= 200) {
        for (var range : Locale.LanguageRange.parse(header)) {
          if (range.getRange().startsWith("zh") || range.getRange().startsWith("en")) {
            return Language.nearest(Locale.forLanguageTag(range.getRange()));
          }
        }
      }
    } catch (IllegalArgumentException e) {
      // Not a list of languages: as if there were none.
    }
    return Language.EN;
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    var form = posted(exchange);
    if (form == null) {
      return Reply.refusal(400, "The form is not understood; at most 8 KiB are.");
    }
    var verb = form.get("verb");
    var about = form.get("about");
    if (!gate.fromHere(exchange.getRequestHeaders())
        || !tokens.isForm(form.get("token"), verb, about)) {
      return Reply.refusal(403, "This form was not sent from this page.");
    }
    outcome.set(new Deeds(guard, page.clock()).done(verb, about, form));
    return Reply.seeOther("/");
  }

  private Reply close(HttpExchange exchange) throws IOException {
    var form = posted(exchange);
    if (form == null
        || !gate.fromHere(exchange.getRequestHeaders())
        || !tokens.isForm(form.get("token"), "close", "")) {
      return Reply.refusal(403, "This form was not sent from this page.");
    }
    return Reply.html(page.goodbye(language(exchange, form))).then(closed::countDown);
  }

  private static @Nullable Form posted(HttpExchange exchange) throws IOException {
    var type = exchange.getRequestHeaders().getOrDefault("Content-Type", List.of());
    if (!type.equals(List.of("application/x-www-form-urlencoded"))) {
      return null;
    }
    var body = exchange.getRequestBody().readNBytes(Form.MOST_BYTES + 1);
    return Form.read(new String(body, StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
