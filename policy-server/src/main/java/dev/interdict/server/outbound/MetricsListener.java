package dev.interdict.server.outbound;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Follower;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Listener;
import dev.interdict.server.http.Router;
import dev.interdict.server.http.Tls;
import dev.interdict.server.mail.MailTally;
import dev.interdict.server.main.Parts;
import dev.interdict.server.metrics.Exposition;
import dev.interdict.server.metrics.Measures;
import dev.interdict.server.webhooks.Delivering;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/metrics`, `/healthz` and `/readyz` on a port of their own, which neither workstations nor
/// people are given. Asks for no credential, and so tells of no device and no person. Thread-safe.
public final class MetricsListener implements AutoCloseable {
  private final Listener listener;

  private MetricsListener(Listener listener) {
    this.listener = listener;
  }

  /// Starts it.
  ///
  /// @param tls for an address that others can reach; on loopback it speaks plain HTTP
  /// @param followers what hands events over
  /// @param webhooks null where there are none
  /// @throws IOException if it cannot listen there
  static MetricsListener start(
      OutboundSettings.Metrics settings,
      @Nullable Tls tls,
      Parts parts,
      Readiness readiness,
      Supplier<Blocklist> inForce,
      Map<String, Follower> followers,
      @Nullable Delivering webhooks,
      String version)
      throws IOException {
    var address = InetAddress.getByName(settings.bind());
    var fleet = new FleetMetrics(parts.compliance(), inForce);
    var tables = new TableMetrics(parts.database(), parts.audit(), parts.clock());
    var events = new EventMetrics(new EventLog(parts.database()), inForce);
    InstantSource clock = parts.clock();
    var router = new Router();
    router.get("/healthz", _ -> HttpResponse.json(200, Json.object().put("alive", true).build()));
    router.get("/readyz", _ -> readiness.answer());
    router.get(
        "/metrics",
        _ -> {
          var out = new Exposition();
          fleet.write(out, clock.instant());
          tables.write(out);
          events.write(out);
          process(out, parts, followers, webhooks, version);
          var text = out.text().getBytes(StandardCharsets.UTF_8);
          return HttpResponse.of(200, Exposition.TYPE, text);
        });
    return new MetricsListener(
        Listener.start(
            "metrics",
            new InetSocketAddress(address, settings.port()),
            address.isLoopbackAddress() ? null : tls,
            router));
  }

  private static void process(
      Exposition out,
      Parts parts,
      Map<String, Follower> followers,
      @Nullable Delivering webhooks,
      String version) {
    out.counters(
        "interdict_agent_reports_total",
        "Reports of agents that this server took or refused, by outcome.",
        Measures.REPORTS);
    out.counters(
        "interdict_notices_total",
        "What became of notices, as reports told this server.",
        Measures.NOTICES);
    out.counters(
        "interdict_signature_failures_total",
        "Requests of devices whose signature did not prove them, by what they asked for.",
        Measures.SIGNATURE_FAILURES);
    out.family(
        "interdict_webhook_deliveries_total",
        "counter",
        "Attempts of this server to deliver to webhooks, by result.");
    if (webhooks != null) {
      new TreeMap<>(webhooks.results())
          .forEach((result, n) ->
              out.sample("interdict_webhook_deliveries_total", n.sum(), "result", result));
    }
    out.family("interdict_events_waiting", "gauge", "Events that a reader has not taken over.");
    followers.forEach((name, follower) ->
        out.sample("interdict_events_waiting", follower.feed().waiting(), "to", name));
    out.family(
        "interdict_events_lost_total",
        "counter",
        "Events that were let go before a reader took" + " them over.");
    followers.forEach((name, follower) ->
        out.sample("interdict_events_lost_total", follower.feed().lost(), "to", name));
    var mails = MailTally.of(parts.database(), parts.clock().instant());
    out.family("interdict_mails_waiting", "gauge", "Mails that have not left.");
    out.sample("interdict_mails_waiting", mails.waiting());
    out.family(
        "interdict_mail_server_failures",
        "gauge",
        "How often in a row the mail server has not answered; 0 where it did.");
    out.sample("interdict_mail_server_failures", mails.unanswered());
    out.family(
        "interdict_http_request_duration_seconds",
        "histogram",
        "How long this server took to answer, by listener.");
    new TreeMap<>(Measures.requests())
        .forEach((name, times) ->
            out.histogram("interdict_http_request_duration_seconds", times, "listener", name));
    out.family("interdict_db_pool_in_use", "gauge", "Connections for reading that are in use.");
    out.sample("interdict_db_pool_in_use", parts.database().readersInUse());
    out.family(
        "interdict_db_writer_crowded",
        "gauge",
        "1 while more waits to be written than the" + " store takes on.");
    out.sample("interdict_db_writer_crowded", parts.database().crowded() ? 1 : 0);
    out.family("interdict_build_info", "gauge", "Which version runs.");
    out.sample("interdict_build_info", 1, "version", version, "java", Runtime.version().toString());
  }

  /// The port that it listens on.
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }
}
