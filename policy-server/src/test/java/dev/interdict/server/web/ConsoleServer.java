package dev.interdict.server.web;

import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemptions;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.BreakGlass;
import dev.interdict.server.access.CommandLines;
import dev.interdict.server.access.EasyAccounts;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.KeptForms;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.access.oidc.OidcLogin;
import dev.interdict.server.access.oidc.RealProvider;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.History;
import dev.interdict.server.events.Afterwards;
import dev.interdict.server.events.Links;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.Limits;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.http.Listener;
import dev.interdict.server.http.Router;
import dev.interdict.server.main.Governance;
import dev.interdict.server.main.Outlets;
import dev.interdict.server.main.Parts;
import dev.interdict.server.main.PeopleAssembly;
import dev.interdict.server.main.SampleAbout;
import dev.interdict.server.peer.Resolver;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Setback;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.web.pages.Fleet;
import dev.interdict.server.web.pages.Pages;
import dev.interdict.server.webhooks.Sender;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.wire.TrustedCa;
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
import java.time.InstantSource;
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

  final Parts parts;
  private final Repository repository;
  private final Router router = new Router();
  private final Listener listener;
  private final List<Page> pages;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private String cookie = "";

  public ConsoleServer(SimulatedFleet fleet, Supplier<Blocklist> published) {
    this(fleet, published, false);
  }

  /// @param oidc whether people may sign in by an identity provider
  ConsoleServer(SimulatedFleet fleet, Supplier<Blocklist> published, boolean oidc) {
    var random = new SecureRandom();
    parts = parts(fleet, random);
    parts.accounts().create("tester", NAME, PASSWORD, Set.of(Role.VIEWER));
    var view =
        new Fleet(
            fleet.compliance,
            published,
            fleet.clock,
            Compliance.SILENT_AFTER,
            ZoneId.of("Asia/Shanghai"),
            new Afterwards(fleet.database),
            new Cases(fleet.database)::requests,
            "it-desk@hailan.example");
    var zone = ZoneId.of("Asia/Shanghai");
    var daily = new Daily(fleet.database, fleet.clock, zone);
    var governed = governance(parts, fleet, random);
    repository = governed.repository();
    var people =
        PeopleAssembly.of(parts, daily, governed.governance())
            .server(SampleAbout.of(fleet.clock), parts.signed());
    people.addTo(router);
    pages = Pages.of(view, fleet.looks);
    var console =
        new Console(pages, view, parts.sessions(), parts.gate(), oidc, new SplittableRandom(1));
    console.addTo(router, people.forPages());
    console.keptForms(new KeptForms(fleet.database, random, fleet.clock)).addTo(router);
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      listener = Listener.start("admin", address, null, router);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lets people sign in by a provider that sends them back here. Before anybody asks for anything.
  void signingInBy(RealProvider provider, InstantSource clock) {
    var login =
        new OidcLogin(
            provider.settings(URI.create(address())),
            parts.database(),
            parts.accounts(),
            parts.sessions(),
            new SecureRandom(),
            clock);
    new OidcRoutes(login, clock).addTo(router);
  }

  /// All that it serves.
  List<Page> pages() {
    return pages;
  }

  private static Parts parts(SimulatedFleet fleet, SecureRandom random) {
    var database = fleet.database;
    var clock = fleet.clock;
    var audit = fleet.audit;
    var sealing = new Sealing(fleet.folder.resolve("sealing.key"), List::of, random);
    var accounts = EasyAccounts.of(database, random, clock);
    var factors = new SecondFactors(database, audit, sealing, random, clock);
    var sessions = new Sessions(database, accounts, factors, audit, random, clock);
    var apiTokens = new ApiTokens(database, audit, random, clock);
    var signed = Repository.files(fleet.folder.resolve("repository"));
    return new Parts(
        database,
        clock,
        audit,
        fleet.compliance,
        new History(database, fleet.compliance),
        fleet.tokens,
        fleet.expected,
        fleet.admissions,
        fleet.looks,
        signed,
        new Leases(database),
        new Setback(new Publications(database, audit, clock), () -> Repository.read(signed)),
        sealing,
        accounts,
        factors,
        new BreakGlass(database, audit, random, clock),
        sessions,
        apiTokens,
        new CommandLines(database, sessions, accounts, audit, random, clock),
        new Gate(sessions, apiTokens, clock));
  }

  private record Governed(Governance governance, Repository repository) {}

  private static Governed governance(Parts parts, SimulatedFleet fleet, SecureRandom random) {
    try {
      var keys = Keyring.create(fleet.folder.resolve("keys"), random);
      var plan = RepositoryPlan.small(keys.beginning(), Expiries.STANDARD);
      var repository = Repository.create(parts.signed(), plan, fleet.clock);
      var publications = new Publications(parts.database(), parts.audit(), fleet.clock);
      var governance =
          Governance.of(
              parts,
              fleet.clock,
              () -> new Publisher(repository, keys, publications, "Hailan Group"),
              new ExemptionFiles(
                  parts.database(), parts.audit(), repository, _ -> keys, parts.setback()),
              fleet.folder.resolve("keys"),
              Limits.STANDARD,
              Compliance.SILENT_AFTER,
              Set.of("build-machines"),
              new Sender(
                  parts.sealing(),
                  new Links("https://interdict.example"),
                  Set.of("127.0.0.1", "localhost"),
                  Resolver.SYSTEM,
                  TrustedCa.of(null),
                  Sender.LIMIT),
              Outlets.mail(),
              Outlets.collector());
      return new Governed(governance, repository);
    } catch (Exception e) {
      throw new IllegalStateException("no server for the tests", e);
    }
  }

  /// Gives another account, and signs in as it from here on.
  ConsoleServer as(String name, Role... roles) {
    parts.accounts().create("tester", name, PASSWORD, Set.of(roles));
    return signedIn(name);
  }

  /// The same for an account that sees some departments alone.
  ConsoleServer within(String department, String name, Role... roles) {
    parts.accounts().create("tester", name, PASSWORD, Set.of(roles), Scope.of(List.of(department)));
    return signedIn(name);
  }

  /// What is signed for the devices that share a shard with this one; empty where nothing ever was.
  String shard(DeviceId device) {
    try {
      return repository
          .content(RepositoryPlan.EXEMPTIONS, Exemptions.pathFor(device.value()))
          .map(content -> new String(content, StandardCharsets.UTF_8))
          .orElse("");
    } catch (RepositoryException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends a form of a page with what a browser would send of it: all that is in it already, and
  /// what is typed.
  ///
  /// @param operation that the form does
  /// @param typed encoded, such as `reason=words`
  HttpResponse<String> submit(String path, String operation, String typed) {
    return PageForm.of(get(path).body(), operation).send(this, typed);
  }

  /// Goes on as somebody who signed in before.
  ConsoleServer again(String name) {
    return signedIn(name);
  }

  /// Goes on in another language, as somebody who chose it.
  ConsoleServer reading(String language) {
    cookie += "; lang=" + language;
    return this;
  }

  /// Goes on with the session that an answer gives.
  void follow(HttpResponse<String> answer) {
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }

  /// The secret that the forms of this session carry.
  String csrf() {
    var page = get("/").body();
    var start = page.indexOf("name=\"csrf\" value=\"") + 19;
    return page.substring(start, page.indexOf('"', start));
  }

  String address() {
    return "http://127.0.0.1:" + listener.port();
  }

  /// The value of the cookie header that a signed-in browser sends.
  String cookie() {
    return cookie;
  }

  public ConsoleServer signedIn() {
    return signedIn(NAME);
  }

  /// Signs in as an account that there is.
  ConsoleServer signedIn(String name) {
    cookie = "";
    var answer =
        post("/login", "name=" + encoded(name) + "&password=" + encoded(PASSWORD) + "&to=/");
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    return this;
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> get(String path, String header, String value) {
    return send(request(path).GET().setHeader(header, value));
  }

  HttpResponse<String> head(String path) {
    return send(request(path).HEAD());
  }

  /// As a browser sends a form of the console's own page.
  HttpResponse<String> post(String path, String form) {
    return send(
        request(path)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /// As a program asks the API to do something.
  HttpResponse<String> program(String path, String token, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(address() + "/api/v1/" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
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
    // Who hangs up first is not waited for, a second for each connection that is kept.
    client.shutdownNow();
    client.close();
    listener.close();
  }
}
