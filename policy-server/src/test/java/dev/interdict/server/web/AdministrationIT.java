package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.OsFamily;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.expected.Arrival;
import dev.interdict.server.store.Sql;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people who administer do on their pages, by forms alone.
class AdministrationIT {
  private static final Pattern SECRET = Pattern.compile("<code class=\"secret\">([^<]+)</code>");
  private static final String HOSTILE = "<script>alert(1)</script>";
  private static final String TEXT = "&lt;script&gt;alert(1)&lt;/script&gt;";

  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;

  @BeforeEach
  void open() {
    company = new SampleCompany(folder);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
    console.as("ada", Role.ADMINISTRATOR);
  }

  @AfterEach
  void close() {
    console.close();
    company.close();
  }

  private String page(String path) {
    var answer = console.get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  /// Sends a form of the page at `back`.
  private HttpResponse<String> deed(String back, String deed, String... fields) {
    var form = new StringBuilder("csrf=" + console.csrf());
    form.append("&_back=").append(ConsoleServer.encoded(back));
    for (var i = 0; i < fields.length; i += 2) {
      form.append('&').append(fields[i]).append('=').append(ConsoleServer.encoded(fields[i + 1]));
    }
    return console.post("/do/" + deed, form.toString());
  }

  private void done(HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
  }

  private static String secret(HttpResponse<String> answer) {
    var found = SECRET.matcher(answer.body());
    assertTrue(found.find(), answer.body());
    return found.group(1);
  }

  private HttpResponse<String> token(String department) {
    return deed(
        "/enrolment",
        "createEnrolmentToken",
        "_secret",
        "yes",
        "department",
        department,
        "uses",
        "5",
        "days",
        "3",
        "tags",
        "pilot\nlab",
        "approval",
        "true");
  }

  @Test
  void a_token_is_shown_once_with_all_that_an_install_needs() throws IOException {
    var made = token(HOSTILE);
    assertEquals(201, made.statusCode(), made.body());
    var secret = secret(made);
    assertTrue(made.body().contains("INTERDICT_ENROL_TOKEN=" + secret), made.body());
    assertTrue(made.body().contains("INTERDICT_SERVER=https://interdict.example:8460"));
    assertTrue(
        Pattern.compile("INTERDICT_ROOT_KEY=sha256:[0-9a-f]{64}").matcher(made.body()).find());
    assertTrue(made.body().contains("interdict-agent enrol --server https://interdict.example"));
    assertTrue(made.body().contains("ENROLLTOKEN=" + secret));
    assertFalse(made.body().contains(" --token " + secret), "a token is in no argument of ours");
    var again = page("/enrolment");
    assertFalse(again.contains(secret));
    assertTrue(again.contains(TEXT));
    assertFalse(again.contains(HOSTILE));
    assertTrue(again.contains("pilot, lab"), again);
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    company.fleet.enrolment.enrol(device.enrol(secret, null, company.fleet.clock.instant()));
    assertTrue(page("/enrolment").contains("ws-1"), "it waits for approval");
  }

  @Test
  void a_revoked_token_admits_nobody() throws IOException {
    var secret = secret(token("R&D"));
    var id = company.fleet.tokens.list().getFirst().id();
    done(deed("/enrolment", "revokeEnrolmentToken?token=" + id));
    assertTrue(page("/enrolment").contains(">revoked<"));
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    company.fleet.enrolment.enrol(device.enrol(secret, null, company.fleet.clock.instant()));
    assertFalse(page("/enrolment").contains("ws-1"));
  }

  @Test
  void what_is_wrong_with_a_token_is_said_beside_it_and_nothing_is_lost() {
    var answer =
        deed(
            "/enrolment", "createEnrolmentToken", "department", "R&D", "uses", "many", "days", "3");
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("value=\"many\""), answer.body());
    assertTrue(answer.body().contains("aria-invalid=\"true\""));
    assertEquals(0, company.fleet.tokens.list().size());
  }

  @Test
  void it_takes_a_fresh_proof_and_the_form_goes_on() {
    company.fleet.clock.move(Gate.RECENTLY.plusSeconds(1));
    var asked = token("R&D");
    assertTrue(asked.body().contains("Is it you?"), asked.body());
    assertEquals(0, company.fleet.tokens.list().size());
    var made =
        deed(
            "/enrolment",
            "createEnrolmentToken",
            "_secret",
            "yes",
            "department",
            "R&D",
            "uses",
            "5",
            "days",
            "3",
            "_proof",
            ConsoleServer.PASSWORD);
    assertEquals(201, made.statusCode(), made.body());
    secret(made);
  }

  private SimulatedDevice waiting(String host) throws IOException {
    var secret =
        company
            .fleet
            .tokens
            .create(
                "tester",
                new Placement("R&D", "everyone", List.of()),
                Duration.ofDays(1),
                1,
                new Arrival.Allowed(true, false),
                10)
            .secret();
    var device = new SimulatedDevice(host, OsFamily.LINUX);
    company.fleet.enrolment.enrol(device.enrol(secret, null, company.fleet.clock.instant()));
    return device;
  }

  @Test
  void devices_that_wait_are_let_in_or_kept_out() throws IOException {
    var welcome = waiting("ws-welcome").id().value();
    var stranger = waiting("ws-stranger").id().value();
    assertTrue(page("/enrolment").contains("Wait for approval"));
    var refuse = "refuseAdmission?device=" + stranger;
    assertEquals(422, deed("/enrolment", refuse).statusCode());
    done(deed("/enrolment", refuse, "reason", "Not one of ours"));
    done(deed("/enrolment", "approveAdmission?device=" + welcome));
    assertFalse(page("/enrolment").contains("Wait for approval"));
    assertEquals(1, company.fleet.compliance.departments().getOrDefault("R&D", 0L));
  }

  @Test
  void the_companys_list_is_looked_at_then_taken() {
    var list = "serial,hostname,department\nS-1,ws-1,R&D\nS-2,ws-2,R&D\n";
    var planned = deed("/enrolment", "planFleet", "_secret", "yes", "list", list);
    assertEquals(200, planned.statusCode(), planned.body());
    assertTrue(planned.body().contains("What the list would change"), planned.body());
    assertEquals(0, company.fleet.expected.census().expected());
    done(deed("/enrolment", "importFleet", "list", list));
    assertEquals(2, company.fleet.expected.census().expected());
    var shorter = "serial,hostname\nS-1,ws-1\n";
    var careless = deed("/enrolment", "importFleet", "list", shorter, "retire-missing", "true");
    assertEquals(422, careless.statusCode(), "half of the fleet does not leave without its number");
    assertEquals(2, company.fleet.expected.census().expected());
    done(
        deed(
            "/enrolment",
            "importFleet",
            "list",
            shorter,
            "retire-missing",
            "true",
            "retiring",
            "1"));
    assertEquals(1, company.fleet.expected.census().expected());
  }

  @Test
  void a_list_that_is_none_stays_in_the_form_as_text() {
    var answer = deed("/enrolment", "planFleet", "_secret", "yes", "list", HOSTILE + "\nx");
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains(TEXT + "\n"), answer.body());
    assertFalse(answer.body().contains(HOSTILE));
  }

  @Test
  void nobody_else_sees_or_does_any_of_it() {
    console.as("vera", Role.VIEWER);
    for (var path : List.of("/enrolment", "/integrations", "/settings", "/settings/accounts")) {
      assertEquals(403, console.get(path).statusCode(), path);
      assertFalse(page("/").contains("href=\"" + path + "\""), path);
    }
    assertEquals(403, token("R&D").statusCode());
    assertEquals(403, deed("/", "disableAccount?account=ada").statusCode());
    assertEquals(403, deed("/", "planFleet", "list", "serial\nx").statusCode());
    assertEquals(0, company.fleet.tokens.list().size());
    console.as("audrey", Role.AUDITOR);
    assertFalse(page("/settings/accounts").contains("/do/"), "an auditor reads");
    assertTrue(page("/settings").contains("reports.keep"));
  }

  private HttpResponse<String> webhook(String name) {
    return deed(
        "/integrations",
        "createWebhook",
        "_secret",
        "yes",
        "name",
        name,
        "url",
        "http://127.0.0.1:9/hook?token=geheim",
        "events",
        "removal.failed");
  }

  @Test
  void a_webhook_is_made_tried_and_removed() {
    var made = webhook("siem");
    assertEquals(201, made.statusCode(), made.body());
    var secret = secret(made);
    assertTrue(secret.startsWith("whsec_"), secret);
    var list = page("/integrations");
    assertFalse(list.contains(secret));
    assertFalse(list.contains("geheim"), "an address may hold a secret");
    var start = list.indexOf("href=\"/integrations/wh_") + 6;
    var path = list.substring(start, list.indexOf('"', start));
    var id = path.substring(path.lastIndexOf('/') + 1);
    assertTrue(page(path).contains("Nothing was to be told yet"));
    var tested = deed(path, "testWebhook?webhook=" + id, "_secret", "yes");
    assertTrue(tested.body().contains("did not take the test"), tested.body());
    done(deed(path, "replayWebhook?webhook=" + id));
    var remove = "removeWebhook?webhook=" + id;
    var slip = deed(path, remove, "_expected", "siem", "_confirm", "seim");
    assertEquals(422, slip.statusCode());
    assertTrue(page("/integrations").contains(path));
    var gone =
        deed(path, remove, "_expected", "siem", "_confirm", "siem", "_then", "/integrations");
    done(gone);
    assertEquals("/integrations", gone.headers().firstValue("Location").orElseThrow());
    assertFalse(page("/integrations").contains(path));
    assertEquals(404, console.get(path).statusCode());
  }

  @Test
  void other_systems_say_whether_they_listen_and_errors_stay_text() {
    var page = page("/integrations");
    assertTrue(page.contains("siem.example:6514"), page);
    assertTrue(page.contains("Connection refused &lt;b&gt;"), page);
    assertTrue(page.contains("The setting is called ocsf."), page);
    assertEquals(422, webhook(HOSTILE).statusCode());
  }

  @Test
  void the_mail_server_and_the_collector_are_tried_where_they_stand() {
    var mailed = deed("/integrations", "testMail", "_secret", "yes", "to", "zhao.lei@example.com");
    assertTrue(mailed.body().contains("The test did not leave."), mailed.body());
    assertTrue(mailed.body().contains("Connection refused"), mailed.body());
    var logged = deed("/integrations", "testSyslog", "_secret", "yes");
    assertTrue(logged.body().contains("The collector did not take the test."), logged.body());
    var bad = deed("/integrations", "testMail", "_secret", "yes", "to", "a@b, c@d");
    assertEquals(422, bad.statusCode());
    assertTrue(bad.body().contains("is no address"), bad.body());
  }

  @Test
  void settings_have_their_names_and_the_certificate_its_end() {
    var page = page("/settings");
    assertTrue(page.contains("<code>reports.keep</code>"), page);
    assertTrue(page.contains("20 days left"), page);
    assertTrue(page.contains("/var/lib/interdict/interdict.db"));
    assertTrue(console.get("/settings?lang=zh-CN").body().contains("原始报告保留时长"));
  }

  @Test
  void accounts_that_look_are_made_and_shut_here_and_no_others() {
    var back = "/settings/accounts";
    var made = deed(back, "createAccount", "_secret", "yes", "name", "vera", "roles", "viewer");
    assertEquals(201, made.statusCode(), made.body());
    assertTrue(secret(made).length() >= 20);
    var self = deed(back, "disableAccount?account=ada");
    assertEquals(422, self.statusCode());
    assertTrue(self.body().contains("your own account"), self.body());
    var second =
        deed(back, "createAccount", "_secret", "yes", "name", "ada-2", "roles", "approver");
    assertEquals(422, second.statusCode());
    assertTrue(
        second.body().contains("interdict-server account create ada-2 --role approver"),
        second.body());
    done(deed(back, "disableAccount?account=vera"));
    assertTrue(page(back).contains(">disabled<"));
    done(deed(back, "enableAccount?account=vera"));
    done(deed(back, "grantAccount?account=vera", "roles", "auditor", "scope", ""));
    assertFalse(page(back).contains(">disabled<"));
    assertTrue(page(back).contains("Auditor"));
  }

  @Test
  void who_decides_is_enabled_on_the_machine_and_the_page_says_so() {
    console.as("bo", Role.APPROVER);
    console.signedIn("ada");
    var back = "/settings/accounts";
    done(deed(back, "disableAccount?account=bo"));
    var page = page(back);
    assertTrue(page.contains("interdict-server account enable bo"), page);
    assertFalse(page.contains("/do/enableAccount?account=bo"), page);
    assertEquals(422, deed(back, "enableAccount?account=bo").statusCode());
  }

  @Test
  void devices_chosen_in_the_list_are_put_into_a_ring_by_its_page() {
    company.filled(8);
    console.as("anna", Role.AUTHOR);
    var list = page("/devices");
    assertTrue(list.contains("formmethod=\"get\" formaction=\"/rings\""), list);
    done(
        deed(
            "/rings?ring=late",
            "putRing?ring=late",
            "_seen",
            "\"0\"",
            "description",
            "Last",
            "place",
            "9"));
    var device = company.fleet.compliance.devices(DeviceFilter.ALL, null, 1).rows().getFirst();
    var chosen = "/rings?device=" + device.id().value() + "&all=";
    var page = page(chosen);
    assertTrue(page.contains("1 device was chosen"), page);
    var way = "ring=late&amp;device=" + device.id().value() + "#change";
    assertTrue(page.contains(way), page);
    var ring = page("/rings?ring=late&device=" + device.id().value());
    assertTrue(ring.contains(">" + device.id().value() + "</textarea>"), ring);
    console.as("carl", Role.VIEWER);
    assertFalse(page("/devices").contains("formaction"));
  }

  @Test
  void a_ring_tells_how_a_rule_stands_in_it() {
    company.filled(24);
    company.fleet.database.write(connection ->
        Sql.update(connection, "update device set ring = ? where os = 'linux'", HOSTILE));
    console.as("anna", Role.AUTHOR);
    done(deed("/releases", "createDraft", "catalogue", "claude-code"));
    var seen = console.get("/api/v1/drafts/1").headers().firstValue("ETag").orElseThrow();
    done(deed("/releases", "observeDraft?draft=1", "_seen", seen));
    var page = page("/rings");
    assertTrue(page.contains(TEXT), page);
    assertFalse(page.contains(HOSTILE));
    assertTrue(page.contains("Last device report <time datetime="), "how old its counts are");
    var counts = company.fleet.compliance.enrolledByRing("claude-code");
    assertEquals(24, counts.values().stream().mapToLong(each -> each.total()).sum());
    assertEquals(
        company.fleet.compliance.overview("claude-code").counts().hasIt(),
        counts.values().stream().mapToLong(each -> each.hasIt()).sum());
    assertTrue(page.contains("ring=everyone"), page);
    assertTrue(page.contains("href=\"/rules/claude-code\""), page);
    assertEquals(400, console.get("/rings?rule=nothing").statusCode());
  }

  @Test
  void a_page_says_how_many_rings_it_does_not_show() throws Exception {
    company.fleet.database.write(connection -> {
      for (var n = 1; n <= 1_002; n++) {
        Sql.update(
            connection,
            "insert into ring (name, place, description, failures, percent, version, changed_at,"
                + " changed_by) values (?,?,'',null,null,1,0,'ada')",
            "ring-" + n,
            1 + n % 1_000);
      }
      return null;
    });
    console.as("anna", Role.VIEWER);
    var page = page("/rings");
    assertTrue(page.contains("2 more are not shown here"), page);
    assertTrue(page.contains("1,002"), page);
  }

  @Test
  void a_ring_is_described_given_devices_and_removed_by_forms() {
    company.filled(8);
    console.as("anna", Role.AUTHOR);
    var back = "/rings?ring=" + ConsoleServer.encoded(HOSTILE);
    assertEquals(200, console.get(back).statusCode());
    back = "/rings?ring=pilot";
    assertTrue(page(back).contains("/do/putRing?ring=pilot"));
    assertFalse(page(back).contains("moveToRing"), "nobody described it yet");
    var put = "putRing?ring=pilot";
    var wrong = deed(back, put, "_seen", "\"0\"", "description", HOSTILE, "place", "0");
    assertEquals(422, wrong.statusCode());
    assertTrue(wrong.body().contains(TEXT), wrong.body());
    done(deed(back, put, "_seen", "\"0\"", "description", "First\nof all", "place", "1"));
    assertTrue(page("/rings").contains("First\nof all"), page("/rings"));
    var late = deed(back, put, "_seen", "\"0\"", "description", "Mine", "place", "2");
    assertEquals(412, late.statusCode());
    assertTrue(late.body().contains("Mine"), "what was typed stays");
    var device = company.fleet.compliance.devices(DeviceFilter.ALL, null, 1).rows().getFirst();
    var move = "moveToRing?ring=pilot";
    var alone = deed(back, move, "devices", device.id().value());
    assertEquals(422, alone.statusCode(), "into an earlier ring takes two");
    assertTrue(alone.body().contains(device.id().value()), alone.body());
    done(deed(back, "proposeMoveToRing?ring=pilot", "devices", device.id().value()));
    console.as("bo", Role.APPROVER);
    done(deed("/rings", "agreeProposal?proposal=1"));
    console.as("carl", Role.VIEWER);
    assertEquals(403, deed(back, move, "devices", device.id().value()).statusCode());
    assertFalse(page(back).contains("/do/"));
    console.as("anna", Role.AUTHOR);
    done(deed(back, move, "devices", device.id().value()));
    assertEquals(
        1,
        company
            .fleet
            .compliance
            .enrolledByRing("other")
            .getOrDefault("pilot", Counts.NONE)
            .total());
    var remove = "removeRing?ring=pilot";
    var tag = console.get("/api/v1/rings/pilot").headers().firstValue("ETag").orElseThrow();
    assertEquals(409, deed(back, remove, "_seen", tag).statusCode(), "somebody is in it");
    done(deed(back, "putRing?ring=spare", "_seen", "\"0\"", "description", "Empty", "place", "9"));
    assertTrue(page("/rings").contains("Empty"));
    done(deed(back, "removeRing?ring=spare", "_seen", "\"1\"", "_then", "/rings"));
    assertFalse(page("/rings").contains("Empty"));
  }

  @Test
  void lists_are_files_for_those_who_may_and_an_empty_field_says_nothing() {
    company.filled(8);
    console.as("vera", Role.VIEWER);
    var page = page("/reports");
    assertTrue(page.contains("/export/exportDevices?format=csv"), page);
    assertFalse(page.contains("/export/exportAudit?"), page);
    var file = console.get("/export/exportDevices?format=csv&rule=&dept=");
    assertEquals(200, file.statusCode(), file.body());
    assertEquals(9, file.body().strip().lines().count(), file.body());
    console.as("audrey", Role.AUDITOR);
    assertTrue(page("/reports").contains("/export/exportAudit?format=csv"));
  }

  @Test
  void views_are_kept_by_name_and_sent_by_mail() {
    var saved = "/devices?state=failed";
    done(deed("/reports", "saveView", "name", HOSTILE, "address", saved, "shared", "true"));
    var page = page("/reports");
    assertTrue(page.contains(TEXT), page);
    assertFalse(page.contains(HOSTILE));
    assertTrue(page.contains("href=\"/devices?state=failed\""), page);
    var away = deed("/reports", "saveView", "name", "x", "address", "https://evil.example/");
    assertEquals(422, away.statusCode());
    var start = page.indexOf("/do/renameView?view=") + 20;
    var view = page.substring(start, page.indexOf('"', start));
    done(deed("/reports", "renameView?view=" + view, "name", "Failures"));
    var form = new String[] {"view", view, "every", "week", "on", "1", "hour", "8"};
    var fields = new ArrayList<>(List.of(form));
    fields.addAll(List.of("zone", "Asia/Shanghai", "to", "ciso@example.com", "lang", "zh-CN"));
    done(deed("/reports", "scheduleReport", fields.toArray(String[]::new)));
    page = page("/reports");
    assertTrue(page.contains("ciso@example.com"), page);
    assertTrue(page.contains("every week"), page);
    var from = page.indexOf("/do/unscheduleReport?schedule=") + 30;
    var schedule = page.substring(from, page.indexOf('"', from));
    console.as("vera", Role.VIEWER);
    assertFalse(page("/reports").contains("ciso@example.com"));
    assertTrue(page("/reports").contains("Failures"), "it is for everybody");
    console.as("audrey", Role.AUDITOR);
    assertTrue(page("/reports").contains("Failures"));
    assertFalse(page("/reports").contains("/do/renameView"), "only who may is offered it");
    console.as("ada", Role.ADMINISTRATOR);
    assertTrue(page("/reports").contains("/do/renameView?view=" + view));
    console.as("vera", Role.VIEWER);
    assertEquals(403, deed("/reports", "unscheduleReport?schedule=" + schedule).statusCode());
    console.as("ada", Role.ADMINISTRATOR);
    done(deed("/reports", "unscheduleReport?schedule=" + schedule));
    done(deed("/reports", "removeView?view=" + view));
    assertTrue(page("/reports").contains("Nothing is kept yet"));
  }

  @Test
  void a_day_of_the_audit_log_is_the_same_on_its_page_and_in_its_file() {
    // An hour of the night in Shanghai, whose day has begun there and not in UTC.
    var clock = company.fleet.clock;
    var night = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(24 + 17));
    clock.move(Duration.between(clock.instant(), night));
    console.as("ada", Role.ADMINISTRATOR);
    done(deed("/reports", "saveView", "name", "one", "address", "/", "shared", "true"));
    clock.move(Duration.ofDays(1));
    console.as("ada", Role.ADMINISTRATOR);
    done(deed("/reports", "saveView", "name", "next", "address", "/", "shared", "true"));
    console.as("audrey", Role.AUDITOR);
    var day = night.atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
    var page = page("/audit?action=view&from=" + day + "&to=" + day);
    var rows = Pattern.compile("title=\"([0-9a-f]{64})\"").matcher(page);
    assertTrue(rows.find(), page);
    var only = rows.group(1);
    assertFalse(rows.find(), page);
    var link = Pattern.compile("href=\"(/export/exportAudit[^\"]+)\"").matcher(page);
    assertTrue(link.find(), page);
    var file = console.get(link.group(1).replace("&amp;", "&")).body().strip();
    assertEquals(2, file.lines().count(), file);
    assertTrue(file.contains(only), file);
    var request = Pattern.compile("href=\"/audit\\?[^\"]*request=([0-9a-f]{16})\"").matcher(page);
    assertTrue(request.find(), page);
    var found =
        Pattern.compile("title=\"([0-9a-f]{64})\"")
            .matcher(page("/audit?request=" + request.group(1)));
    assertTrue(found.find() && found.group(1).equals(only) && !found.find(), request.group(1));
    assertFalse(page("/audit?request=0000000000000000").contains(only));
  }

  /// So many devices in contact tell that they hold that list.
  private void holds(long serial, int devices) {
    company.fleet.database.write(connection ->
        Sql.update(
            connection,
            "update device set policy_serial = case when device_id in (select device_id from device"
                + " where last_contact >= ? order by device_id limit ?) then ? else null end",
            company.fleet.clock.instant().minus(Compliance.SILENT_AFTER).toEpochMilli(),
            devices,
            serial));
  }

  @Test
  void a_published_list_tells_what_it_changed_and_how_far_it_came() {
    company.filled(12);
    console.as("anna", Role.AUTHOR);
    assertTrue(page("/releases").contains("Nothing is published yet"));
    done(deed("/releases", "createDraft", "catalogue", "cursor"));
    var seen = console.get("/api/v1/drafts/1").headers().firstValue("ETag").orElseThrow();
    done(deed("/releases", "observeDraft?draft=1", "_seen", seen));
    console.as("vera", Role.VIEWER);
    var list = page("/releases");
    assertTrue(list.contains("href=\"/releases/1\""), list);
    // One of the twelve was silent from the start.
    assertTrue(list.contains("<b>11</b> of 11 reporting devices"), list);
    assertFalse(list.contains("no list yet"), list);
    holds(1, 4);
    list = page("/releases");
    assertTrue(list.contains("<b>4</b> of 11 reporting devices"), list);
    assertTrue(list.contains("7 devices hold no list yet."), list);
    assertTrue(list.contains("Last device report <time datetime="), "how old that is");
    assertFalse(list.contains("class=\"live late\""), list);
    company.fleet.clock.move(Duration.ofMinutes(20));
    console.again("vera");
    list = page("/releases");
    assertTrue(list.contains("class=\"live late\""), "amber after a quarter of an hour");
    assertTrue(page("/rings").contains("class=\"live late\""), "there as well");
    var one = page("/releases/1");
    assertTrue(one.contains(">new<"), one);
    assertTrue(Pattern.compile("<code>[0-9a-f]{64}</code>").matcher(one).find());
    assertTrue(Pattern.compile("<code>[0-9a-f]{128}</code>").matcher(one).find());
    assertTrue(Pattern.compile("<code class=\"block\">[0-9a-f]{64}</code>").matcher(one).find());
    var bundle = console.get("/export/getPolicyBundle?serial=1");
    assertEquals(200, bundle.statusCode());
    assertTrue(bundle.body().startsWith("PK"));
    assertEquals(404, console.get("/releases/2").statusCode());
    assertEquals(400, console.get("/releases/zwei").statusCode());
  }
}
