package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.report.OsFamily;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.TotpApp;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.Sql;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device's page and its forms, what is installed, and what concerns whoever is signed in.
class PeoplePagesIT {
  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;

  @BeforeEach
  void open() {
    company = SampleCompany.copied(folder, 40).published();
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
  }

  @AfterEach
  void close() {
    console.close();
    company.close();
  }

  private static String first(String page, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(page);
    assertTrue(matcher.find(), () -> pattern + " in " + page);
    return matcher.group(1);
  }

  @Test
  void each_number_of_the_software_is_that_of_the_devices_behind_it() {
    console.as("wei.zhang", Role.AUTHOR);
    var page = console.get("/software").body();
    var rows = Pattern.compile("href=\"(/software/devices[^\"]+)\"[^>]*>([0-9,]+)<").matcher(page);
    var seen = 0;
    while (rows.find()) {
      var devices = console.get(rows.group(1).replace("&amp;", "&")).body();
      assertEquals(
          Integer.parseInt(rows.group(2).replace(",", "")),
          devices.split("href=\"/devices/[0-9a-f]{32}\"", -1).length - 1,
          rows.group(1));
      seen++;
    }
    assertTrue(seen > 0, page);
    assertTrue(page.contains("/drafts/new?name="), "an author begins a rule from it");
    console.as("a.viewer", Role.VIEWER);
    assertFalse(console.get("/software").body().contains("/drafts/new"));
    assertEquals(400, console.get("/software/devices").statusCode());
  }

  @Test
  void a_rule_begun_from_software_is_about_that_alone() {
    var device = company.fleet.enrolled("ws-two", OsFamily.LINUX, "Quality").id().value();
    var scoped = "pkg:npm/%40anthropic-ai/claude-code";
    var longer = "pkg:npm/%40aaa/claude-code-router";
    for (var identity : List.of("pkg:npm/aider", "pkg:npm/aaa-aider", longer)) {
      company.fleet.database.write(connection ->
          Sql.update(
              connection,
              "insert into finding (device_id, rule_id, n, source, identity, location, strength,"
                  + " running) values (?, 'claude-code', ?, 'npm', ?, '/opt', 'exact', 0)",
              device,
              900 + identity.length(),
              identity));
    }
    console.as("wei.zhang", Role.AUTHOR);
    var page = console.get("/software?q=aider").body() + console.get("/software?q=claude").body();
    var links = Pattern.compile("href=\"(/drafts/new[^\"]+)\"").matcher(page);
    var begun = new ArrayList<String>();
    while (links.find()) {
      begun.add(packaged(console.get(links.group(1).replace("&amp;", "&")).body()));
    }
    assertTrue(begun.contains(scoped), begun::toString);
    for (var identity : List.of("pkg:npm/aider", "pkg:npm/aaa-aider", longer)) {
      assertEquals(1, Collections.frequency(begun, identity), begun::toString);
    }
  }

  @Test
  void no_identity_writes_more_of_a_rule_than_one_value() {
    console.as("wei.zhang", Role.AUTHOR);
    for (var identity :
        List.of(
            "pkg:npm/x\n  - package: pkg:npm/y",
            "pkg:npm/x # y",
            "pkg:npm/x, y]",
            "pkg:npm/'x'",
            "*",
            "")) {
      var page = console.get("/drafts/new?name=x&identity=" + ConsoleServer.encoded(identity));
      assertEquals(200, page.statusCode(), identity);
      assertEquals("pkg:npm/%40example/tool", packaged(page.body()), identity);
    }
    var odd = "pkg:generic/x?download_url=a:%20%23b";
    var page = console.get("/drafts/new?name=x&identity=" + ConsoleServer.encoded(odd)).body();
    assertEquals(odd, packaged(page));
  }

  /// The one package that the rule of the page is about, as the server reads it.
  private static String packaged(String page) {
    var text = first(page, "(?s)<textarea[^>]*>(id: .*?)</textarea>");
    var plain =
        text.replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&amp;", "&");
    var reading = YamlFile.read("rule.yaml", plain.getBytes(StandardCharsets.UTF_8));
    var read = assertInstanceOf(YamlFile.Reading.Read.class, reading, plain);
    var rule = new Row((Json.Obj) read.file().json());
    var packages = rule.rows("match").stream().filter(each -> each.has("package")).toList();
    assertEquals(1, packages.size(), plain);
    return packages.getFirst().text("package");
  }

  @Test
  void a_device_is_retired_and_taken_back_by_its_page() {
    console.as("ada", Role.ADMINISTRATOR);
    var page = first(console.get("/devices").body(), "href=\"(/devices/[0-9a-f]{32})\"");
    assertEquals(303, console.submit(page, "retireDevice", "reason=Sold").statusCode());
    var retired = console.get(page).body();
    assertTrue(retired.contains("This device is retired") && retired.contains("Sold"), retired);
    assertFalse(PageForm.isOn(retired, "retireDevice"));
    assertEquals(303, console.submit(page, "returnDevice", "reason=Not+sold").statusCode());
    assertFalse(console.get(page).body().contains("This device is retired"));
    console.as("a.viewer", Role.VIEWER);
    assertFalse(console.get(page).body().contains("/do/"));
  }

  @Test
  void what_is_kept_of_a_retired_device_is_erased_by_its_page_and_its_name_typed() {
    console.as("ada", Role.ADMINISTRATOR);
    var page = first(console.get("/devices").body(), "href=\"(/devices/[0-9a-f]{32})\"");
    assertFalse(PageForm.isOn(console.get(page).body(), "eraseDevice"), "while it counts");
    console.submit(page, "retireDevice", "reason=Sold");
    var retired = console.get(page).body();
    var host = first(retired, "<h1>([^<]+)</h1>");
    assertTrue(
        console.submit(page, "eraseDevice", "reason=Asked&_confirm=other").statusCode() >= 400);
    assertEquals(200, console.get(page).statusCode());
    var erased = console.submit(page, "eraseDevice", "reason=Asked&_confirm=" + host);
    assertEquals("/devices", erased.headers().firstValue("Location").orElse(""));
    assertEquals(404, console.get(page).statusCode());
    assertFalse(console.get("/devices").body().contains(">" + host + "<"));
  }

  @Test
  void a_device_that_waits_is_let_in_by_its_page() {
    var device = company.fleet.enrolled("ws-wait", OsFamily.LINUX, "Quality");
    stand(device, "waiting");
    var page = "/devices/" + device.id();
    console.as("wei.zhang", Role.HELPDESK);
    var refused = console.get(page).body();
    assertTrue(refused.contains("An administrator decides on this"), refused);
    assertFalse(PageForm.isOn(refused, "approveAdmission"));
    console.as("ada", Role.ADMINISTRATOR);
    assertEquals(303, console.submit(page, "approveAdmission", "").statusCode());
    assertFalse(console.get(page).body().contains("waits to be let in"));
    stand(device, "waiting");
    assertEquals(303, console.submit(page, "refuseAdmission", "reason=A+guest").statusCode());
    assertTrue(console.get(page).body().contains("A guest"));
  }

  private void stand(SimulatedDevice device, String word) {
    company.fleet.database.write(connection ->
        Sql.update(
            connection,
            "update device set standing = ? where device_id = ?",
            word,
            device.id().value()));
  }

  /// The list says that the device is that person's.
  private void belongs(String device, String person) {
    company.fleet.database.write(connection -> {
      Sql.update(
          connection,
          "insert into expected_device (entry_id, host, os, department, person, group_names,"
              + " in_use, added_at, changed_at, device_id) values (?, 'ws', 'linux', 'Quality',"
              + " ?, '', 1, 0, 0, ?)",
          device,
          person,
          device);
      return Sql.update(
          connection, "update device set entry_id = device_id where device_id = ?", device);
    });
  }

  @Test
  void my_page_tells_what_happens_when_what_i_asked_and_who_looked() {
    console.as("zhao.lei", Role.VIEWER);
    var none = console.get("/me").body();
    assertTrue(none.contains("names no device of yours") && none.contains("zhao.lei"), none);
    console.as("li.na2", Role.APPROVER);
    var asking = first(console.get("/exemptions").body(), "href=\"/exemptions/([0-9a-f]{32})/");
    belongs(asking, "zhao.lei");
    console.submit(
        "/exemptions/" + asking + "/claude-code",
        "refuseExemption",
        "reason=There+is+Qoder&contact=me");
    console.again("zhao.lei");
    var page = console.get("/me").body();
    assertTrue(page.contains("Claude Code"), page);
    assertTrue(page.contains("Migration of plugin X is not finished"));
    assertTrue(
        page.contains("refused · li.na2") && page.contains("There is Qoder · Questions: me"), page);
    assertTrue(page.contains("li.na2 <span class=\"small muted\">Approver"), "who looked");
    var fleet = console.get("/devices").body();
    assertTrue(fleet.contains("zhao.lei"), "whose it is stands in the list");
    var having =
        first(
            console.get("/devices?rule=claude-code&state=present").body(),
            "href=\"/devices/([0-9a-f]{32})\"");
    belongs(having, "zhao.lei");
    var has = console.get("/me").body();
    assertTrue(has.contains("It is closed and moved into quarantine"), has);
    assertTrue(has.contains("<code>~/.claude</code>"), "what stays is told");
    assertTrue(has.contains("href=\"mailto:it-desk@hailan.example\""), "whom to ask");
    var way = has.substring(has.indexOf("What happens when"), has.indexOf("What was found"));
    assertTrue(
        way.contains("Announced")
            && way.contains("aria-current=\"step\"")
            && way.indexOf("You are reminded") < way.indexOf("It is closed and removed"),
        way);
    for (var typed :
        List.of(
            "remove claude-code",
            "remind claude-code --in 1d",
            "request-exemption claude-code --until 20\\d\\d-\\d\\d-\\d\\d --reason"
                + " &#34;\\.\\.\\.&#34;")) {
      first(has, "(data-copy-text=\"interdict-agent " + typed + "\")");
    }
    company.fleet.database.write(connection ->
        Sql.update(connection, "update finding set strength = 'weak' where device_id = ?", having));
    var weak = console.get("/me").body();
    assertTrue(
        weak.contains("You are told, and nothing is removed")
            && !weak.contains("interdict-agent remove claude-code"),
        weak);
    conditionsOf(having);
    console.within("Nowhere", "zhao.lei2", Role.VIEWER);
    assertFalse(console.get("/me").body().contains(asking));
  }

  private String having() {
    return first(
        console.get("/devices?rule=claude-code&state=present").body(),
        "href=\"/devices/([0-9a-f]{32})\"");
  }

  /// The page that follows on what was done.
  private String done(String told, HttpResponse<String> answer) {
    assertEquals("/me", answer.headers().firstValue("Location").orElse(""), answer.body());
    var cookie = "done=" + told;
    assertTrue(answer.headers().firstValue("Set-Cookie").orElse("").startsWith(cookie + ";"));
    return console.get("/me", "Cookie", console.cookie() + "; " + cookie).body();
  }

  @Test
  void an_exemption_is_asked_for_on_my_page_and_waits_there_until_it_is_decided() {
    console.as("li.na2", Role.APPROVER, Role.HELPDESK);
    var device = having();
    belongs(device, "zhao.lei");
    var list = "/exemptions/" + device + "/claude-code";
    console.as("zhao.lei", Role.VIEWER, Role.HELPDESK);
    var page = console.get("/me").body();
    assertTrue(page.contains("A request that is sent here holds nothing up."), page);
    assertTrue(page.contains("No later than"), page);
    var typed = "until=2026-07-20&reason=Plugin+%3Cb%3EX%3C%2Fb%3E+is+late";
    var form = PageForm.of(page, "requestMyExemption");
    var waits = done("requestMyExemption", form.send(console, typed));
    assertTrue(waits.contains("Your request is sent."), waits);
    assertTrue(waits.contains("Plugin &lt;b&gt;X&lt;/b&gt; is late"), waits);
    assertTrue(waits.contains("asked here") && waits.contains("waits for an answer"), waits);
    // The very same form, and the same words in a new one.
    done("requestMyExemption", form.send(console, typed));
    var second = console.submit("/me", "requestMyExemption", typed);
    var again = done("requestMyExemption.already", second);
    assertTrue(again.contains("You asked for exactly this before."), again);
    assertEquals(1, again.split("Plugin &lt;b&gt;X", -1).length - 1);
    assertTrue(console.get(list).body().contains("You asked for this yourself."));
    assertFalse(PageForm.isOn(console.get(list).body(), "grantExemption"));

    console.again("li.na2");
    assertTrue(
        console.get("/exemptions?state=asked").body().contains("asked by zhao.lei on the console"));
    var asked = console.get(list).body();
    assertTrue(asked.contains("zhao.lei, on their own page of the console"), asked);
    assertTrue(asked.contains("<b>zhao.lei</b> asked"), asked);
    console.submit(list, "refuseExemption", "reason=There+is+Qoder&contact=me");
    console.again("zhao.lei");
    var decided = console.get("/me").body();
    assertTrue(
        decided.contains("refused · li.na2") && decided.contains("There is Qoder · Questions: me"),
        decided);
    console.again("li.na2");
    assertFalse(PageForm.isOn(console.get("/me").body(), "requestMyExemption"), "not theirs");
  }

  @Test
  void what_is_refused_of_a_request_keeps_what_was_typed_and_says_so_in_the_readers_language() {
    console.as("li.na2", Role.APPROVER);
    var device = having();
    belongs(device, "zhao.lei");
    console.as("zhao.lei", Role.VIEWER);
    var far = console.submit("/me", "requestMyExemption", "until=2027-01-01&reason=Plugin+X");
    assertEquals(422, far.statusCode());
    assertTrue(far.body().contains("value=\"2027-01-01\""), far.body());
    assertTrue(far.body().contains(">Plugin X</textarea>"), far.body());
    assertTrue(far.body().contains("Choose a day from today to"), far.body());
    console.reading("zh-CN");
    var invisible =
        console.submit("/me", "requestMyExemption", "until=2026-07-20&reason=a%E2%80%AEb");
    assertEquals(422, invisible.statusCode());
    assertTrue(invisible.body().contains("不要包含不可见的字符"), invisible.body());
    assertTrue(invisible.body().contains("value=\"2026-07-20\""), invisible.body());
    assertEquals(422, console.submit("/me", "requestMyExemption", "until=&reason=x").statusCode());
    var typed = "until=2026-07-20&reason=Plugin+X";
    // Another's device, and another's rule.
    console.again("li.na2");
    var others =
        first(
            console.get("/devices?rule=claude-code&state=present").body().replace(device, ""),
            "href=\"/devices/([0-9a-f]{32})\"");
    console.again("zhao.lei");
    var mine = PageForm.of(console.get("/me").body(), "requestMyExemption");
    for (var forged :
        List.of(
            mine.action().replace(device, others),
            mine.action().replace("claude-code", "claude-desktop"),
            mine.action().replace("claude-code", "made-up"))) {
      var refused = new PageForm(forged, mine.values()).send(console, typed);
      assertEquals(404, refused.statusCode(), forged);
    }
    var unsigned = console.post(mine.action(), typed + "&_back=%2Fme");
    assertEquals(403, unsigned.statusCode());
    long kept =
        company.fleet.database.read(handle ->
            handle.createQuery("select count(*) from filed_request").mapTo(Long.class).one());
    assertEquals(0, kept);
    for (var n = 0; n < 5; n++) {
      assertEquals(303, console.submit("/me", "requestMyExemption", typed + n).statusCode());
    }
    var sixth = console.reading("zh-CN").submit("/me", "requestMyExemption", typed);
    assertEquals(409, sixth.statusCode());
    assertTrue(sixth.body().contains("您已多次提出此申请"), sixth.body());
  }

  /// Two people grant an exemption on conditions, which its employee reads once it holds there.
  private void conditionsOf(String device) {
    var grant =
        "reason=ok&until=2026-07-20T10%3A00&_zone=Asia%2FShanghai&conditions=Not+on+customer+data";
    for (var who : List.of("first.step", "second.step")) {
      console.as(who, Role.APPROVER);
      var answer =
          console.submit("/exemptions/" + device + "/claude-code", "grantExemption", grant);
      assertEquals(303, answer.statusCode(), answer.body());
    }
    company.fleet.database.write(connection ->
        Sql.update(
            connection,
            "update rule_state set exempt_until = ? where device_id = ?",
            company.fleet.clock.instant().plusSeconds(86_400).toEpochMilli(),
            device));
    console.again("zhao.lei");
    var holds = console.get("/me").body();
    assertTrue(holds.contains("<b>On these conditions:</b> Not on customer data"), holds);
    assertTrue(console.get("/me?lang=zh-CN").body().contains("附带条件：</b> Not on customer data"));
    console.get("/me?lang=en");
  }

  @Test
  void nobody_sees_a_device_outside_of_their_scope_because_of_a_name() {
    console.as("li.na2", Role.APPROVER);
    var device = first(console.get("/devices").body(), "href=\"/devices/([0-9a-f]{32})\"");
    belongs(device, "eve");
    console.within("Nowhere", "eve", Role.VIEWER);
    var page = console.get("/me").body();
    assertTrue(page.contains("names no device of yours"), page);
    assertFalse(page.contains(device));
  }

  @Test
  void a_second_factor_is_set_up_by_forms_and_its_codes_are_shown_once() {
    console.as("zhao.lei", Role.VIEWER);
    var begun = console.submit("/me", "enrolTotp", "");
    assertEquals(200, begun.statusCode());
    var secret = first(begun.body(), "class=\"secret mono\">([A-Z2-7]+)<");
    var form = PageForm.of(begun.body(), "confirmTotp");
    var wrong = form.send(console, "code=000000");
    assertEquals(422, wrong.statusCode());
    var again = PageForm.of(wrong.body(), "confirmTotp");
    var code = TotpApp.code(secret, company.fleet.clock.instant());
    var confirmed = again.send(console, "code=" + code);
    assertEquals(200, confirmed.statusCode(), confirmed.body());
    var recovery = first(confirmed.body(), "class=\"codes mono\"><li>([^<]+)</li>");
    var later = console.get("/me").body();
    assertTrue(later.contains("Codes of an app are asked for"), later);
    assertFalse(later.contains(recovery));
  }

  @Test
  void somebody_signs_out_everywhere_else() {
    console.as("zhao.lei", Role.VIEWER);
    var first = console.cookie();
    company.fleet.clock.move(Duration.ofSeconds(1));
    console.again("zhao.lei");
    assertEquals(303, console.submit("/me", "endMySessions", "").statusCode());
    assertEquals(200, console.get("/me").statusCode());
    assertFalse(PageForm.isOn(console.get("/me").body(), "endMySessions"));
    assertNull(console.parts.sessions().find(first.split("=")[1]));
  }
}
