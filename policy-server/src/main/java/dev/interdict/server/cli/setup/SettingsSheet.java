package dev.interdict.server.cli.setup;

import dev.interdict.json.Fields;
import dev.interdict.server.about.Setting;
import dev.interdict.server.breaker.Thresholds;
import dev.interdict.server.exemptions.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings as people read them in the console, by the names that they have in `server.yaml`.
/// Of a secret is told that there is one. Pure functions.
public final class SettingsSheet {
  private final List<Setting> lines = new ArrayList<>();

  private SettingsSheet() {}

  /// All of them, in the order of the file.
  public static List<Setting> of(Settings settings) {
    var sheet = new SettingsSheet();
    sheet.listening(settings);
    sheet.people(settings);
    sheet.history(settings);
    sheet.rules(settings);
    sheet.others(settings);
    return List.copyOf(sheet.lines);
  }

  private void listening(Settings settings) {
    add("issuer", settings.issuer());
    add("contact", settings.contact().isEmpty() ? null : settings.contact());
    add("url", settings.url());
    add("console-url", settings.outbound().console());
    add("database", settings.database());
    add("bind", settings.bind());
    add("device-port", settings.devicePort());
    add("admin-port", settings.adminPort());
    add("tls.store", settings.tls());
    add(
        "trusted-proxies",
        settings.proxies().networks().stream()
            .map(network -> network.address().getHostAddress() + "/" + network.bits())
            .collect(Collectors.joining(", ")));
    add("keys-passphrase-file", settings.keysPassphrase());
  }

  private void people(Settings settings) {
    var oidc = settings.oidc();
    if (oidc == null) {
      add("oidc", null);
      return;
    }
    add("oidc.issuer", oidc.issuer());
    add("oidc.client-id", oidc.clientId());
    add("oidc.client-secret-file", oidc.secret().isEmpty() ? null : "set");
    add("oidc.groups-claim", oidc.groupsClaim());
    add(
        "oidc.groups",
        oidc.groups().stream()
            .map(one ->
                one.group()
                    + ": "
                    + one.roles().stream()
                        .sorted()
                        .map(Fields::written)
                        .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; ")));
  }

  private void history(Settings settings) {
    var reports = settings.reports();
    add("time-zone", reports.zone());
    add("silent-after", settings.silentAfter());
    add("sample-every", settings.sampleEvery());
    add("timestamp-every", settings.timestampEvery());
    add("reports.check-in-every", reports.checkInEvery());
    add("reports.whole-within", reports.wholeWithin());
    add("reports.keep", reports.reportsFor());
    add("reports.keep-evidence", reports.evidenceFor());
    add("reports.keep-samples", reports.samplesFor());
    add("events.keep", settings.outbound().events().keep());
    add("events.at-most", settings.outbound().events().most());
  }

  private void rules(Settings settings) {
    var limits = settings.exemptions();
    add("exemptions.longest", limits.general().longest());
    add("exemptions.at-once", limits.general().atOnce());
    limits.rules().forEach((rule, limit) -> add("exemptions.rules." + rule.value(), limit(limit)));
    add(
        "publishing.critical-groups",
        settings.publishing().criticalGroups().stream().sorted().collect(Collectors.joining(", ")));
    var breaker = settings.publishing().breaker();
    breaker("publishing.breaker", breaker.general());
    breaker
        .rules()
        .forEach((rule, own) -> breaker("publishing.breaker.rules." + rule.value(), own));
  }

  private static String limit(Limits.Limit limit) {
    return limit.longest() + ", " + limit.atOnce();
  }

  private void breaker(String name, Thresholds.Threshold threshold) {
    add(
        name,
        !threshold.on()
            ? "off"
            : "failures %d, percent %d, floor %d, window %s, disputes %d, matches %d, spare %d"
                .formatted(
                    threshold.failures(),
                    threshold.percent(),
                    threshold.floor(),
                    threshold.window(),
                    threshold.disputes(),
                    threshold.matches(),
                    threshold.spare()));
  }

  private void others(Settings settings) {
    var outbound = settings.outbound();
    add("webhooks.allow", outbound.webhooks().stream().sorted().collect(Collectors.joining(", ")));
    add("webhooks.ca-file", outbound.webhooksCa());
    var mail = outbound.mail();
    if (mail != null) {
      add("mail.from", mail.from());
      add("mail.language", mail.language().toLanguageTag());
      add("mail.employees", mail.employees());
      add("mail.most-per-hour", mail.mostPerHour());
      add("mail.domains", String.join(", ", mail.domains().names()));
    }
    add("log", outbound.jsonLog() ? "json" : "text");
  }

  private void add(String name, @Nullable Object value) {
    var text =
        switch (value) {
          case null -> "";
          case Duration length -> days(length);
          default -> value.toString();
        };
    lines.add(new Setting(name, text));
  }

  /// As the file writes it: whole days as days, since no time zone changes what is meant.
  private static String days(Duration length) {
    var whole = length.toDays();
    return whole > 0 && length.equals(Duration.ofDays(whole))
        ? "P" + whole + "D"
        : length.toString();
  }
}
