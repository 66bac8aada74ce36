package dev.interdict.server.cli.setup;

import dev.interdict.json.Fields;
import dev.interdict.server.mail.MailAddress;
import dev.interdict.server.mail.MailDomains;
import dev.interdict.server.mail.MailSettings;
import dev.interdict.server.main.EventSettings;
import dev.interdict.server.main.ReportSettings;
import dev.interdict.server.outbound.OutboundSettings;
import dev.interdict.server.syslog.SyslogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `server.yaml` says of other systems: `console-url`, `events`, `webhooks`, `syslog`, `mail`,
/// `ocsf`, `metrics` and `log`.
final class OutboundFields {
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,252})|[0-9a-f:.]{2,45}");
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:(?<name>[a-z0-9][a-z0-9.-]{0,252})|\\[(?<six>[0-9a-f:.]{2,45})\\])(?::(?<port>[0-9]{1,5}))?");

  private final ServerFolder folder;

  private OutboundFields(ServerFolder folder) {
    this.folder = folder;
  }

  /// @param beside where the console is where nothing says it
  static OutboundSettings read(Fields fields, String beside, ServerFolder folder) {
    var reading = new OutboundFields(folder);
    var console = fields.optionalText("console-url");
    var webhooks = fields.optionalObject("webhooks");
    var settings =
        new OutboundSettings(
            events(fields.optionalObject("events")),
            console == null ? beside : console,
            webhooks == null ? Set.of() : hosts(webhooks),
            webhooks == null ? null : reading.file(webhooks, "ca-file"),
            reading.syslog(fields.optionalObject("syslog")),
            reading.mail(fields.optionalObject("mail")),
            reading.ocsf(fields.optionalObject("ocsf")),
            metrics(fields.optionalObject("metrics")),
            fields.optionalParsed("log", OutboundFields::json, false));
    if (webhooks != null) {
      webhooks.end();
    }
    return settings;
  }

  private static EventSettings events(@Nullable Fields fields) {
    if (fields == null) {
      return EventSettings.STANDARD;
    }
    var keep = fields.optionalParsed("keep", Settings::period, EventSettings.STANDARD.keep());
    if (keep.compareTo(ReportSettings.SHORTEST) < 0) {
      fields.fault("keep", "must be P2D at least: messages are tried for a day");
    }
    var most = fields.optionalInteger("at-most", 1_000, 100_000_000, EventSettings.STANDARD.most());
    fields.end();
    return new EventSettings(keep, most);
  }

  private static Set<String> hosts(Fields fields) {
    var hosts = Set.copyOf(fields.texts("allow"));
    for (var host : hosts) {
      if (!PLACE.matcher(host).matches() && !HOST.matcher(host).matches()) {
        fields.fault("allow", "\"" + host + "\" is no host; write such as chat.example:8443");
      }
    }
    return hosts;
  }

  /// A host and a port.
  private record Place(String host, int port) {}

  private static Place place(Fields fields, int standard) {
    var text = fields.text("server");
    var place = PLACE.matcher(text.toLowerCase(Locale.ROOT));
    var port = place.matches() && place.group("port") != null ? place.group("port") : null;
    var number = port == null ? standard : Integer.parseInt(port);
    if (!text.isEmpty() && (!place.matches() || number < 1 || number > 65535)) {
      fields.fault("server", "\"" + text + "\" is no server; write such as siem.example:6514");
      return new Place("", standard);
    }
    if (text.isEmpty()) {
      return new Place("", standard);
    }
    return new Place(
        place.group("name") == null ? place.group("six") : place.group("name"), number);
  }

  private @Nullable SyslogSettings syslog(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    var place = place(fields, SyslogSettings.PORT);
    var settings =
        new SyslogSettings(
            place.host(), place.port(), !fields.flag("tls", true), file(fields, "ca-file"));
    fields.end();
    return settings;
  }

  private @Nullable MailSettings mail(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    var security =
        fields.has("security")
            ? fields.choice("security", MailSettings.Security.class)
            : MailSettings.Security.STARTTLS;
    var place = place(fields, security == MailSettings.Security.TLS ? 465 : 587);
    var report = fields.optionalObject("report");
    var domains = new MailDomains(fields.texts("domains"));
    var settings =
        new MailSettings(
            place.host(),
            place.port(),
            security,
            fields.optionalText("user"),
            file(fields, "password-file"),
            file(fields, "ca-file"),
            fields.parsed("from", MailAddress::checked, ""),
            addresses(fields, "announcements", domains),
            addresses(fields, "exemptions", domains),
            fields.flag("employees", false),
            report == null ? List.of() : addresses(report, "to", domains),
            report == null
                ? Duration.ofDays(7)
                : report.optionalParsed("every", Settings::period, Duration.ofDays(7)),
            fields.optionalParsed("language", OutboundFields::language, Locale.ENGLISH),
            (int) fields.optionalInteger("most-per-hour", 1, 100_000, 500),
            domains);
    if (report != null) {
      report.end();
    }
    fields.end();
    return settings;
  }

  private static List<String> addresses(Fields fields, String name, MailDomains domains) {
    var all = fields.texts(name);
    for (var each : all) {
      try {
        domains.checked(each);
      } catch (IllegalArgumentException e) {
        fields.fault(name, String.valueOf(e.getMessage()));
      }
    }
    return all;
  }

  private static boolean json(String text) {
    return switch (text) {
      case "text" -> false;
      case "json" -> true;
      default -> throw new IllegalArgumentException("write text or json");
    };
  }

  private static Locale language(String text) {
    return switch (text) {
      case "en" -> Locale.ENGLISH;
      case "zh-CN" -> Locale.SIMPLIFIED_CHINESE;
      default -> throw new IllegalArgumentException("write en or zh-CN");
    };
  }

  private @Nullable Path ocsf(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    var file = folder.path().resolve(fields.text("file"));
    fields.end();
    return file;
  }

  private static OutboundSettings.@Nullable Metrics metrics(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    var bind = fields.optionalText("bind");
    var settings =
        new OutboundSettings.Metrics(
            bind == null ? "127.0.0.1" : bind,
            (int) fields.optionalInteger("port", 0, 65535, OutboundSettings.Metrics.PORT));
    fields.end();
    return settings;
  }

  private @Nullable Path file(Fields fields, String name) {
    var text = fields.optionalText(name);
    return text == null ? null : folder.path().resolve(text);
  }
}
