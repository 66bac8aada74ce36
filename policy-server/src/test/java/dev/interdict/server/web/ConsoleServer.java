package dev.interdict.server.web;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.events.Afterwards;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.http.Listener;
import dev.interdict.server.http.Router;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.web.pages.Desks;
import dev.interdict.server.web.pages.Fleet;
import dev.interdict.server.web.pages.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// The console on a free port of this machine, over a fleet, with one account; and a browser's view
/// of it that keeps its cookie and follows nothing by itself.
public final class ConsoleServer implements AutoCloseable {
  static final String NAME = "li.na";
  static final String PASSWORD = "correct horse battery";

  private final Listener listener;
  private final List<Page> pages;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private String cookie = "";

  public ConsoleServer(SimulatedFleet fleet, Supplier<Blocklist> published) {
    var random = new SecureRandom();
    var accounts = new Accounts(fleet.database, fleet.audit, random, fleet.clock);
    accounts.create("tester", NAME, PASSWORD, Set.of(Role.VIEWER));
    var factors =
        new SecondFactors(
            fleet.database,
            fleet.audit,
            new Sealing(fleet.folder.resolve("sealing.key"), List::of, random),
            random,
            fleet.clock);
    var sessions =
        new Sessions(fleet.database, accounts, factors, fleet.audit, random, fleet.clock);
    var tokens = new ApiTokens(fleet.database, fleet.audit, random, fleet.clock);
    var view =
        new Fleet(
            fleet.compliance,
            published,
            fleet.clock,
            Compliance.SILENT_AFTER,
            ZoneId.of("Asia/Shanghai"),
            new Desks(
                new Cases(fleet.database)::requests,
                () -> new Drafts(fleet.database, fleet.audit, fleet.clock).list(false),
                new Afterwards(fleet.database)));
    var router = new Router();
    pages = Pages.of(view, fleet.looks);
    new Console(
            pages,
            view,
            sessions,
            new Gate(sessions, tokens, fleet.clock),
            false,
            new SplittableRandom(1))
        .addTo(router);
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      listener = Listener.start("admin", address, null, router);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that it serves.
  List<Page> pages() {
    return pages;
  }

  String address() {
    return "http://127.0.0.1:" + listener.port();
  }

  /// The value of the cookie header that a signed-in browser sends.
  String cookie() {
    return cookie;
  }

  public ConsoleServer signedIn() {
    var answer = post("/login", "name=" + NAME + "&password=" + encoded(PASSWORD) + "&to=/");
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    return this;
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> get(String path, String header, String value) {
    return send(request(path).GET().setHeader(header, value));
  }

  /// As a browser sends a form of the console's own page.
  HttpResponse<String> post(String path, String form) {
    return send(
        request(path)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /// As a browser sends a form that stands on somebody else's page.
  HttpResponse<String> postFromElsewhere(String path, String form) {
    return send(
        request(path)
            .header("Sec-Fetch-Site", "cross-site")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(address() + path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    listener.close();
  }
}
