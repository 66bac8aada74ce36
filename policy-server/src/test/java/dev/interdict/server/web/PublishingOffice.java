package dev.interdict.server.web;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Groups;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.store.Sql;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// People at a console whose rules are those that they publish there, over workstations that
/// report. Forms are sent as a browser without scripts sends them: with what stands in the page's
/// own form.
final class PublishingOffice implements AutoCloseable {
  private static final Pattern FIELD =
      Pattern.compile("<(?:input|textarea|select)\\b[^>]*?name=\"([^\"]+)\"[^>]*>([^<]*)");

  final SimulatedFleet fleet;
  final ConsoleServer console;
  private final List<SimulatedDevice> devices = new ArrayList<>();

  PublishingOffice(Path folder) {
    fleet = new SimulatedFleet(folder);
    console =
        new ConsoleServer(
            fleet, new InForce(new Publications(fleet.database, fleet.audit, fleet.clock)));
    for (var i = 0; i < 12; i++) {
      var os = OsFamily.values()[i % OsFamily.values().length];
      devices.add(fleet.enrolled("SH-WS-%04d".formatted(i), os, i % 3 == 0 ? "Quality" : "R&D"));
    }
    devices.add(builder());
    for (var name : List.of("anna", "bo", "chen", "gao")) {
      var role =
          switch (name) {
            case "anna" -> Role.AUTHOR;
            case "gao" -> Role.VIEWER;
            default -> Role.APPROVER;
          };
      console.as(name, role);
    }
  }

  /// A workstation of a critical group, which has the software.
  private SimulatedDevice builder() {
    var groups = Groups.of(List.of("build-machines"));
    var token =
        fleet.tokens.create(
            "tester",
            new Placement("Quality", "everyone", List.of(), groups),
            Duration.ofDays(1),
            1);
    var device = new SimulatedDevice("BJ-BUILD-01", OsFamily.LINUX);
    fleet.enrolment.enrol(device.enrol(token.secret(), null, fleet.clock.instant()));
    return device;
  }

  /// Goes on as another of the four.
  PublishingOffice as(String name) {
    console.signedIn(name);
    return this;
  }

  /// Every workstation reads the list of that serial and says what it has: every third a find.
  void report(String rule, long serial) {
    for (var i = 0; i < devices.size(); i++) {
      var finding =
          new ReportedFinding(
              "npm",
              "pkg:npm/%40anthropic-ai/claude-code",
              "2.1.97",
              "~/.npm-global/lib/node_modules/@anthropic-ai/claude-code",
              null,
              EvidenceStrength.STRONG,
              i == 0);
      var has = i % 3 == 0;
      var reported =
          new ReportedRule(
              rule,
              has ? RuleState.PRESENT : RuleState.CLEAR,
              has ? Presence.NEW : null,
              null,
              null,
              has ? List.of(finding) : List.of(),
              List.of());
      var at = fleet.clock.instant();
      var device = devices.get(i);
      fleet.send(device, new Coverage(at, true, List.of()), reported);
      fleet.database.write(connection ->
          Sql.update(
              connection,
              "update device set policy_serial = ? where device_id = ?",
              serial,
              device.id().value()));
    }
  }

  /// Sends the form for an operation that stands on a page, with these fields filled in.
  HttpResponse<String> send(String page, String operation, String... fields) {
    var body = console.get(page).body();
    return sendFrom(body, operation, fields);
  }

  /// The same from a page that somebody still has open.
  HttpResponse<String> sendFrom(String body, String operation, String... fields) {
    var form =
        Pattern.compile("action=\"/do/" + operation + "[?\"].*?</form>", Pattern.DOTALL)
            .matcher(body);
    if (!form.find()) {
      throw new AssertionError("no form for " + operation + " in " + body);
    }
    var action = form.group().substring(8, form.group().indexOf('"', 8)).replace("&amp;", "&");
    var encoded = new ArrayList<String>();
    var given = List.of(fields);
    FIELD
        .matcher(form.group())
        .results()
        .filter(field -> given.indexOf(field.group(1)) % 2 != 0)
        .filter(field -> !field.group().contains("type=\"checkbox\""))
        .forEach(field -> encoded.add(pair(field.group(1), value(field.group(), field.group(2)))));
    for (var i = 0; i < given.size(); i += 2) {
      encoded.add(pair(given.get(i), given.get(i + 1)));
    }
    return console.post(action, String.join("&", encoded));
  }

  private static String value(String tag, String inner) {
    var start = tag.indexOf(" value=\"");
    // A browser leaves the first line's end of a text area out.
    var text = inner.startsWith("\n") ? inner.substring(1) : inner;
    var raw = start < 0 ? text : tag.substring(start + 8, tag.indexOf('"', start + 8));
    return raw.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String pair(String name, String value) {
    return name + "=" + ConsoleServer.encoded(value);
  }

  @Override
  public void close() {
    console.close();
    fleet.close();
  }
}
