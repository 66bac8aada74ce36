package dev.interdict.server.web;

import dev.interdict.server.access.Role;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.Publications;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The company of the pictures in the documents, on Friday, 3 July 2026, a week before Claude Code
/// leaves it for Qoder. All that a picture shows was done by the console's own forms or told by
/// devices: rules drafted, previewed, approved and published, an exemption granted, one asked for.
final class PictureCompany implements AutoCloseable {
  static final String AUTHOR = "wei.zhang";
  static final String APPROVER = "li.min";
  private static final List<String> GIVEN =
      List.of(
          "lei", "yu", "fang", "ping", "yang", "jie", "xin", "hao", "chao", "yue", "jing", "rui",
          "dan", "wei", "qi", "min", "na", "tao", "bin", "ning", "yan", "peng", "kai", "xue");
  private static final List<String> FAMILY =
      List.of(
          "zhao", "chen", "wu", "sun", "liu", "huang", "zhou", "xu", "ma", "lin", "guo", "he",
          "luo", "tang", "song", "deng", "feng", "cao", "peng", "xie");
  private static final Pattern DEVICE = Pattern.compile("href=\"/devices/([0-9a-f]{32})\"");
  private static final Pattern PERSON = Pattern.compile("class=\"sub\">([a-z.]+) ·");
  private static final Pattern ASKED =
      Pattern.compile("href=\"(/exemptions/[0-9a-f]{32}/[a-z-]+)\"");

  final ConsoleServer console;
  private final SampleCompany company;
  private long serial;

  PictureCompany(Path folder, int devices) {
    company = new SampleCompany(folder);
    var fleet = company.fleet;
    fleet.clock.move(
        Duration.between(fleet.clock.instant(), SampleCompany.ANNOUNCED.minus(Duration.ofDays(3))));
    company.patient().enrolled(devices);
    console =
        new ConsoleServer(
            fleet, new InForce(new Publications(fleet.database, fleet.audit, fleet.clock)));
    console.as(AUTHOR, Role.AUTHOR);
    console.as("chen.jing", Role.HELPDESK);
    console.as(APPROVER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR);
    listed();
    published();
    company.gone();
    asked();
    reviewed();
    rings();
    Everywhere.done(
        console,
        "createWebhook",
        "name",
        "siem",
        "url",
        "http://127.0.0.1:9/hook",
        "events",
        "removal.failed");
    view("Finance, by name", "/devices?dept=Finance+systems");
    view("Still have Claude Code", "/devices?rule=claude-code&state=present,failed,removing");
  }

  /// The company's list: who has which workstation, and in which ring it is.
  private void listed() {
    var hosts =
        company.fleet.database.read(handle ->
            handle
                .createQuery("select host, os, department from device order by host")
                .map((row, _) -> row.getString(1) + "," + row.getString(2) + "," + row.getString(3))
                .list());
    var list = new StringBuilder("hostname,os,department,person,ring\n");
    for (var i = 0; i < hosts.size(); i++) {
      var ring = i % 19 == 3 ? "it-pilot" : i % 8 == 5 ? "early" : "everyone";
      list.append(hosts.get(i) + "," + person(i) + "," + ring + "\n");
    }
    Everywhere.done(console, "importFleet", "list", list.toString());
  }

  private static String person(int i) {
    return FAMILY.get(i % FAMILY.size()) + "." + GIVEN.get(i / FAMILY.size() % GIVEN.size());
  }

  /// Claude Code, by the whole way: written, looked for, previewed, agreed to and published.
  private void published() {
    var text = new String(Catalogue.rule("claude-code").orElseThrow(), StandardCharsets.UTF_8);
    var dated =
        text.replace("announce: 2026-07-03T09:00", "announce: 2026-06-12T10:00")
            .replace("[P3D, P1D, PT4H, PT1H, PT15M]", "[P14D, P7D, P1D, PT4H]");
    draft("content", dated);
    submitted(1, "Agreed with the works council on Tuesday");
    hours(20);
    console.again(APPROVER);
    sent("/drafts/1", "approveDraft", "samples-seen=true");
    hours(2);
    console.again(AUTHOR);
    sent("/drafts/1", "publishDraft", "_confirm=Claude+Code");
    hours(1);
    console.again(AUTHOR);
    draft("catalogue", "claude-desktop");
    sent("/drafts/2", "observeDraft", "");
    serial++;
    company.heard(++serial, "claude-desktop");
  }

  private void draft(String field, String value) {
    console.again(AUTHOR);
    Everywhere.done(console, "createDraft", field, value);
  }

  private void submitted(int number, String note, String... rules) {
    sent("/drafts/" + number, "observeDraft", "");
    hours(3);
    company.heard(++serial, rules);
    console.again(AUTHOR);
    sent("/drafts/" + number, "previewDraft", "");
    sent("/drafts/" + number, "submitDraft", "note=" + ConsoleServer.encoded(note));
  }

  /// One exemption is granted by two people, the others wait.
  private void asked() {
    console.again("chen.jing");
    var asked = ASKED.matcher(console.get("/exemptions").body());
    if (!asked.find()) {
      throw new IllegalStateException("nobody asked for an exemption");
    }
    var until = "until=2026-07-20T10%3A00&_zone=Asia%2FShanghai&reason=Customer+demo+on+16+July";
    sent(asked.group(1), "grantExemption", until);
    console.again(APPROVER);
    sent(asked.group(1), "grantExemption", until);
  }

  /// A second rule waits for a second person.
  private void reviewed() {
    var text = new String(Catalogue.rule("cursor").orElseThrow(), StandardCharsets.UTF_8);
    draft("content", text.replace("2026-07-10T10:00", "2026-07-24T10:00"));
    submitted(3, "Security review of 30 June", "claude-desktop", "cursor");
    console.again(APPROVER);
  }

  private void rings() {
    ring("it-pilot", "IT and security, three workdays before everybody else", "10");
    ring("early", "Volunteers of every department", "20");
    ring("everyone", "All other workstations", "30");
  }

  private void ring(String name, String description, String place) {
    Everywhere.done(
        console,
        "putRing?ring=" + name,
        "_seen",
        "\"0\"",
        "description",
        description,
        "place",
        place);
  }

  private void view(String name, String address) {
    Everywhere.done(console, "saveView", "name", name, "address", address, "shared", "true");
  }

  private void sent(String page, String operation, String typed) {
    var answer = console.submit(page, operation, typed);
    if (answer.statusCode() >= 400) {
      throw new IllegalStateException(operation + " on " + page + ": " + answer.body());
    }
  }

  private void hours(int hours) {
    company.fleet.clock.move(Duration.ofHours(hours));
  }

  /// A device that has the software and whose removal failed.
  String failed() {
    var page = console.get("/devices?rule=claude-code&state=failed").body();
    var device = DEVICE.matcher(page);
    if (!device.find()) {
      throw new IllegalStateException("no removal failed");
    }
    return device.group(1);
  }

  /// Somebody whose device still has Claude Code, and who looks at their own page.
  String employee() {
    var page = console.get("/devices?rule=claude-code&state=present").body();
    var device = DEVICE.matcher(page);
    while (device.find()) {
      var person = PERSON.matcher(console.get("/devices/" + device.group(1)).body());
      if (person.find()) {
        console.as(person.group(1), Role.VIEWER);
        return person.group(1);
      }
    }
    throw new IllegalStateException("nobody has it any more");
  }

  @Override
  public void close() {
    console.close();
    company.close();
  }
}
