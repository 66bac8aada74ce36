package dev.interdict.server.cli.setup;

import dev.interdict.identity.Printable;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.server.access.oidc.OidcSettings;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.exemptions.Limits;
import dev.interdict.server.http.Proxies;
import dev.interdict.server.main.ReportSettings;
import dev.interdict.server.outbound.OutboundSettings;
import dev.interdict.server.store.Location;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// `server.yaml` and `server.d/*.yaml`: what differs from one server to another. An unknown field
/// or a bad value refuses the start.
///
/// @param issuer who publishes, as employees read it
/// @param contact whom employees ask, on one line; empty where it is not said
/// @param url where agents reach the server, for the lines that are printed
/// @param database where the database is
/// @param bind the address of both listeners
/// @param tls a PKCS#12 store, or null for plain HTTP on loopback
/// @param tlsPassword the file with its password
/// @param proxies the proxies whose word on where a request comes from counts
/// @param oidc the identity provider, or null
/// @param keysPassphrase the file with the passphrase of the server's own keys, or null
/// @param sampleEvery how often the counts are kept for the charts
/// @param silentAfter how long a device may be out of contact before it counts as silent
/// @param exemptions how far exemptions may go
/// @param publishing what is watched of rules, before and after they are published
/// @param reports how reports are taken and kept
/// @param outbound who else is told
public record Settings(
    String issuer,
    String contact,
    String url,
    Location database,
    String bind,
    int devicePort,
    int adminPort,
    @Nullable Path tls,
    @Nullable Path tlsPassword,
    Proxies proxies,
    @Nullable OidcSettings oidc,
    @Nullable Path keysPassphrase,
    Duration timestampEvery,
    Duration sampleEvery,
    Duration silentAfter,
    Limits exemptions,
    PublishingSettings publishing,
    ReportSettings reports,
    OutboundSettings outbound) {
  static final int DEVICE_PORT = 8460;
  static final int ADMIN_PORT = 8461;

  private static final int MOST_CONTACT = 200;
  private static final Duration MOST = Duration.ofHours(12);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  /// Reads them in the server's folder; relative places are below that folder.
  public static Settings read(ServerFolder folder) throws IOException {
    var files = SettingsFiles.read(folder);
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(files.json(), faults);
    var tls = fields.optionalObject("tls");
    var keysPassphrase = fields.optionalText("keys-passphrase-file");
    var url = fields.text("url");
    var devicePort = (int) fields.integer("device-port", 0, 65535);
    var adminPort = (int) fields.integer("admin-port", 0, 65535);
    var settings =
        new Settings(
            fields.text("issuer"),
            fields.optionalParsed("contact", Settings::contact, ""),
            url,
            DatabaseSetting.read(fields.optionalObject("database"), folder),
            fields.text("bind"),
            devicePort,
            adminPort,
            tls == null ? null : folder.path().resolve(tls.text("store")),
            tls == null ? null : folder.path().resolve(tls.text("password-file")),
            proxies(fields),
            OidcFields.read(fields.optionalObject("oidc"), folder.path()),
            keysPassphrase == null ? null : folder.path().resolve(keysPassphrase),
            fields.optionalParsed("timestamp-every", Settings::interval, Duration.ofHours(1)),
            fields.optionalParsed("sample-every", Settings::period, Duration.ofHours(1)),
            fields.optionalParsed("silent-after", Settings::period, Compliance.SILENT_AFTER),
            Limits.read(fields.optionalObject("exemptions")),
            PublishingSettings.read(fields.optionalObject("publishing")),
            ReportFields.read(fields),
            OutboundFields.read(fields, beside(url, devicePort, adminPort), folder));
    if (tls != null) {
      tls.end();
    }
    fields.end();
    if (!faults.isEmpty()) {
      throw files.refused(faults.getFirst());
    }
    return settings;
  }

  /// Where the console is if nobody says: at the port for people of the host that agents reach by
  /// the port for devices. Where they reach it by another there is a proxy, and it may be both.
  private static String beside(String url, int devicePort, int adminPort) {
    try {
      var agents = new URI(url);
      return agents.getPort() != devicePort || agents.getHost() == null
          ? url
          : new URI(agents.getScheme(), null, agents.getHost(), adminPort, null, null, null)
              .toString();
    } catch (URISyntaxException e) {
      return url;
    }
  }

  /// These, with what was said on the command line.
  public Settings with(
      @Nullable String otherBind, @Nullable Integer otherDevice, @Nullable Integer otherAdmin) {
    return new Settings(
        issuer,
        contact,
        url,
        database,
        otherBind == null ? bind : otherBind,
        otherDevice == null ? devicePort : otherDevice,
        otherAdmin == null ? adminPort : otherAdmin,
        tls,
        tlsPassword,
        proxies,
        oidc,
        keysPassphrase,
        timestampEvery,
        sampleEvery,
        silentAfter,
        exemptions,
        publishing,
        reports,
        outbound);
  }

  private static String contact(String text) {
    if (text.length() > MOST_CONTACT || !Printable.of(text).equals(text)) {
      throw new IllegalArgumentException(
          "say on one line of at most " + MOST_CONTACT + " characters whom employees ask");
    }
    return text;
  }

  private static Proxies proxies(Fields fields) {
    if (!fields.has("trusted-proxies")) {
      return Proxies.NONE;
    }
    try {
      return Proxies.of(fields.texts("trusted-proxies"));
    } catch (IllegalArgumentException e) {
      fields.fault("trusted-proxies", String.valueOf(e.getMessage()));
      return Proxies.NONE;
    }
  }

  private static Duration interval(String text) {
    var interval = period(text);
    if (interval.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" must be at most PT12H, or agents see it expire");
    }
    return interval;
  }

  static Duration period(String text) {
    try {
      var period = Duration.parse(text);
      if (period.compareTo(SHORTEST) >= 0 && period.compareTo(LONGEST) <= 0) {
        return period;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no duration; write such as PT1H", e);
    }
    throw new IllegalArgumentException("\"" + text + "\" must be PT1S to P366D");
  }

  /// The file's text. Every value stands in quotes, so that no text of a person ends early.
  ///
  /// @param database the lines of the setting of that name
  static String text(String issuer, String url, String database) {
    return """
    # Interdict policy server. Flags of `interdict-server run` go before what stands here.
    # Who bans, as employees read it in notices:
    issuer: %s
    # Whom employees ask, on their own page: an address, a mail address or a few words:
    # contact: IT service desk, extension 4357
    # Where agents reach this server:
    url: %s
    %s# Without TLS the server listens on this machine only. For others, give it a certificate
    # (PKCS#12; places are below this folder) or put it behind a proxy that ends TLS:
    # tls: {store: server.p12, password-file: server.p12.password}
    # The proxies whose X-Forwarded-For and X-Forwarded-Proto count; whatever anybody else sends does
    # not. Without it the client is whoever is connected:
    # trusted-proxies: [10.1.2.3, 10.9.0.0/16]
    # People sign in by an OpenID Connect provider; a group that is not named here gives nothing:
    # oidc:
    #   issuer: https://login.example.com
    #   client-id: interdict
    #   client-secret-file: oidc.secret
    #   console: https://interdict.example.com
    #   scopes: [profile, email, groups]   # besides openid; ca-file names its own authority
    #   groups: [{group: interdict-authors, roles: [author]}, {group: rd-leads, roles: [viewer], scope: [R&D]}]
    # Where keys/ holds a ROLE.p12 or a ROLE.pkcs11: a file of yours alone with its passphrase, or
    # PIN. Without it, that comes from the environment variable %s.
    # keys-passphrase-file: keys.passphrase
    bind: 127.0.0.1
    device-port: %d
    admin-port: %d
    # How often "this is the newest state" is signed again:
    timestamp-every: PT1H
    # How often the counts are kept for the charts, and after how long out of contact a
    # workstation counts as silent:
    sample-every: PT1H
    silent-after: P7D
    # Where a day begins, and the zone of the console (default: this machine's time zone):
    # time-zone: Europe/Berlin
    # How often workstations are in contact, as their agents are set up; how long the exact bytes of
    # their reports are kept, and of those that carry actions, answers or failures; and for how long
    # the counts of each hour, beside those of each day, which stay:
    # reports: {check-in-every: PT15M, keep: P30D, keep-evidence: P365D, keep-samples: P35D}
    # How long an exemption from a rule may last from its first decision (at most P180D), and how
    # many workstations may be exempt from it at once; rules may have limits of their own:
    exemptions: {longest: P30D, at-once: 100}
    # exemptions: {longest: P30D, at-once: 100, rules: {claude-code: {longest: P14D, at-once: 20}}}
    # Groups of workstations whose matches a reviewer must have looked at, and when the server
    # holds a rule by itself (see docs/publishing.md):
    publishing: {critical-groups: [build-machines, servers], breaker: {failures: 20, percent: 5}}
    # Other systems (see docs/integrations.md and docs/metrics.md; places are below this folder):
    # console-url: https://interdict.example.com
    # webhooks: {allow: [chat.internal.example]}
    # syslog: {server: 'siem.example.com:6514', ca-file: siem-ca.pem}
    # ocsf: {file: events.jsonl}
    # mail: {server: 'smtp.example.com:587', from: interdict@example.com,
    #   announcements: [all@example.com], report: {to: [ciso@example.com], every: P7D}}
    # metrics: {bind: 127.0.0.1, port: 9464}
    # log: json
    """
        .formatted(
            quoted(issuer),
            quoted(url),
            database,
            ServerPassphrase.VARIABLE,
            DEVICE_PORT,
            ADMIN_PORT);
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
