package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
import dev.interdict.offline.Challenge;
import dev.interdict.offline.OneTimeCode;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.main.TestingCodes;
import dev.interdict.server.store.Sql;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a request to its end, by the forms of the pages alone.
class ExemptionPagesIT {
  private static final String UNTIL = "&until=2026-07-20T10%3A00&_zone=Asia%2FShanghai";

  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;
  private SimulatedDevice device;
  private SimulatedDevice elsewhere;
  private String path;

  @BeforeEach
  void open() {
    company = new SampleCompany(folder).published();
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
    device = asking("ws-1", "R&D");
    elsewhere = asking("ws-2", "Sales");
    path = "/exemptions/" + device.id() + "/" + SampleCompany.RULE;
  }

  @AfterEach
  void close() {
    console.close();
    company.close();
  }

  private SimulatedDevice asking(String host, String department) {
    var one = company.fleet.enrolled(host, OsFamily.LINUX, department);
    var at = company.fleet.clock.instant();
    var asks =
        new ReportedAnswer(
            "x-1",
            "exemption-request",
            at,
            at.plus(Duration.ofDays(10)),
            null,
            "The plugin of " + host + " is not moved",
            "a1");
    var finding =
        new ReportedFinding("npm", "pkg:npm/x", "1", "~/x", null, EvidenceStrength.STRONG, false);
    var rule =
        new ReportedRule(
                SampleCompany.RULE,
                RuleState.PRESENT,
                Presence.NEW,
                null,
                null,
                List.of(finding),
                List.of())
            .with(List.of(), List.of(asks));
    company.fleet.send(one, new Coverage(at, true, List.of()), rule);
    company.fleet.clock.move(Duration.ofSeconds(1));
    return one;
  }

  private HttpResponse<String> done(HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    return answer;
  }

  private HttpResponse<String> step(String reason) {
    return console.submit(path, "grantExemption", "reason=" + reason + UNTIL);
  }

  private long count(String state, String label) {
    var page = console.get("/exemptions?state=" + state).body();
    var tab = page.substring(page.indexOf("<nav class=\"kinds\""));
    var begin = tab.indexOf(label);
    var number = tab.substring(tab.indexOf("num\">", begin) + 5);
    var told = Long.parseLong(number.substring(0, number.indexOf('<')));
    var rows = page.split("href=\"/exemptions/[0-9a-f]{32}/", -1).length - 1;
    assertEquals(told, rows, "the number on the tab and the rows of its list, of " + state);
    return told;
  }

  private boolean isSigned(SimulatedDevice one) {
    return console.shard(one.id()).contains(one.id().value());
  }

  @Test
  void two_people_grant_what_the_device_then_reads_and_one_ends_it() {
    console.as("wei.zhang", Role.HELPDESK);
    assertEquals(2, count("asked", "New requests"));
    var page = console.get(path).body();
    assertTrue(page.contains("The plugin of ws-1 is not moved"), page);
    assertTrue(page.contains("pkg:npm/x"), "what is asked for is beside it");
    assertTrue(page.contains("First step"));
    done(step("The+plugin+is+late"));
    assertEquals(1, count("asked", "New requests"));
    assertEquals(1, count("confirmed", "Second step"));
    assertFalse(isSigned(device), "one step grants nothing");

    var own = console.get(path).body();
    assertTrue(own.contains("You took the first step of EX-0001"), own);
    assertFalse(PageForm.isOn(own, "grantExemption"));

    console.as("li.na2", Role.APPROVER);
    var second = console.get(path).body();
    assertTrue(second.contains("wei.zhang took the first step") && second.contains("Second step"));
    assertTrue(second.contains("The plugin of ws-1 is not moved"), "the second reads it as well");
    done(step("Until+it+is+moved"));
    assertEquals(1, count("granted", "Active"));
    assertTrue(isSigned(device));
    assertTrue(console.get(path).body().contains("by wei.zhang and li.na2"));

    done(console.submit(path, "endExemption", "reason=Moved"));
    assertEquals(0, count("granted", "Active"));
    assertEquals(1, count("closed", "Ended"));
    assertFalse(isSigned(device));
    assertTrue(
        console.get("/devices/" + device.id() + "?show=exemptions").body().contains("Moved"));
  }

  @Test
  void what_is_written_down_beside_a_grant_is_shown_kept_and_taken_back_and_never_signed() {
    console.as("wei.zhang", Role.HELPDESK);
    done(
        step(
            "ok&category=customer-obligation&ticket=javascript:alert(1)"
                + "&conditions=Only+for+%3Cb%3Eproject+X%3C%2Fb%3E"));
    console.as("li.na2", Role.APPROVER);
    var waiting = console.get(path).body();
    assertTrue(waiting.contains("<dd>Obligation to a customer</dd>"), waiting);
    assertTrue(waiting.contains("Only for &lt;b&gt;project X&lt;/b&gt;"), waiting);
    assertFalse(waiting.contains("href=\"javascript:"), "no link but of the web");
    assertTrue(waiting.contains("<option value=\"customer-obligation\" selected>"), waiting);
    // What the second step leaves out stays, what it names replaces, and a dash takes back.
    done(step("ok&category=-&ticket=https://tickets.example/7"));
    var granted = console.get(path).body();
    assertTrue(granted.contains("<a href=\"https://tickets.example/7\""), granted);
    assertTrue(granted.contains("Only for &lt;b&gt;project X"), granted);
    assertFalse(granted.contains("<dd>Obligation to a customer</dd>"), granted);
    assertTrue(isSigned(device));
    assertFalse(console.shard(device.id()).contains("project X"), "devices read no conditions");
    assertTrue(
        company.fleet.audit.newest(Long.MAX_VALUE, 100).stream()
            .anyMatch(entry ->
                entry.action().equals("exemption.grant")
                    && entry.detail().contains("https://tickets.example/7")));
  }

  @Test
  void a_category_narrows_the_list_its_counts_and_its_export_alike() {
    for (var one : List.of(device, elsewhere)) {
      var own = "/exemptions/" + one.id() + "/" + SampleCompany.RULE;
      var said = "reason=ok" + UNTIL + (one == device ? "&category=research" : "");
      console.as("wei.zhang", Role.HELPDESK);
      done(console.submit(own, "grantExemption", said));
      console.as("li.na2", Role.APPROVER);
      done(console.submit(own, "grantExemption", "reason=ok" + UNTIL));
    }
    assertEquals(2, count("granted", "Active"));
    assertEquals(1, count("granted&category=research", "Active"));
    assertEquals(1, count("granted&category=-", "Active"));
    assertEquals(0, count("granted&category=migration", "Active"));
    assertTrue(console.get("/exemptions?state=granted&category=research").body().contains("ws-1"));
    var export =
        console.get("/api/v1/exports/exemptions?format=csv&state=granted&category=research").body();
    assertTrue(export.contains("research") && !export.contains("ws-2"), export);
    assertEquals(400, console.get("/api/v1/exemptions?category=holiday").statusCode());
  }

  @Test
  void what_cannot_be_signed_is_not_said_to_be() {
    console.as("wei.zhang", Role.HELPDESK);
    done(step("The+plugin+is+late"));
    // Nothing is signed with an earlier time than what is signed already.
    company.fleet.clock.move(Duration.ofMinutes(-10));
    console.as("li.na2", Role.APPROVER);
    var told = done(step("Until+it+is+moved")).headers().allValues("Set-Cookie").toString();
    assertTrue(told.contains("done=unpublished"), told);
    assertFalse(isSigned(device));
    assertEquals(1, count("granted", "Active"));
  }

  @Test
  void what_ends_soon_is_told_apart() {
    console.as("wei.zhang", Role.HELPDESK);
    done(console.submit(path, "grantExemption", "reason=words&until=2026-07-20T10%3A00"));
    console.as("li.na2", Role.APPROVER);
    done(step("words"));
    assertEquals(0, count("ending", "Ending in 14 days"));
    company.fleet.clock.move(Duration.ofDays(7));
    console.again("li.na2");
    assertEquals(1, count("ending", "Ending in 14 days"));
  }

  @Test
  void somebody_of_the_helpdesk_takes_no_second_step() {
    console.as("wei.zhang", Role.HELPDESK);
    done(step("words"));
    console.as("zhao.min", Role.HELPDESK);
    var page = console.get(path).body();
    assertTrue(
        page.contains("The second step is an approver's") || page.contains("an approver&#39;s"));
    assertFalse(PageForm.isOn(page, "grantExemption"));
    assertTrue(PageForm.isOn(page, "refuseExemption"));
  }

  @Test
  void what_goes_beyond_the_limits_is_refused_with_all_that_was_typed() {
    console.as("wei.zhang", Role.HELPDESK);
    var late = "reason=Kept+words&until=2027-07-20T10%3A00&_zone=Asia%2FShanghai";
    var answer = console.submit(path, "grantExemption", late);
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("within PT720H"), answer.body());
    assertTrue(answer.body().contains("Kept words"));
    assertTrue(answer.body().contains("2027-07-20T10:00"));
    assertEquals(0, count("confirmed", "Second step"));
  }

  @Test
  void a_refusal_says_why_and_whom_to_ask() {
    console.as("li.na2", Role.APPROVER);
    done(console.submit(path, "refuseExemption", "reason=No+need&contact=security"));
    assertEquals(1, count("closed", "Ended"));
    assertTrue(console.get(path).body().contains("No need"));
    assertEquals(1, count("asked", "New requests"));
  }

  @Test
  void who_decides_after_somebody_else_is_told_and_changes_nothing() {
    console.as("li.na2", Role.APPROVER);
    var old = PageForm.of(console.get(path).body(), "refuseExemption");
    done(step("words"));
    var late = old.send(console, "reason=No&contact=me");
    assertEquals(412, late.statusCode());
    assertTrue(late.body().contains("Somebody changed it since this page was loaded"));
    assertEquals(1, count("confirmed", "Second step"));
  }

  @Test
  void whoever_reads_is_offered_nothing() {
    console.as("a.viewer", Role.VIEWER);
    var page = console.get(path).body();
    assertFalse(page.contains("/do/"), page);
    assertTrue(page.contains("Your account reads here"));
    var list = console.get("/exemptions").body();
    assertFalse(list.contains("New requests"), "requests are for those who decide");
    assertTrue(list.contains("No exemption holds"));
  }

  @Test
  void the_helpdesk_of_a_department_sees_and_decides_its_own_alone() {
    console.within("R&D", "rd.desk", Role.HELPDESK);
    assertEquals(1, count("asked", "New requests"));
    var other = "/exemptions/" + elsewhere.id() + "/" + SampleCompany.RULE;
    assertEquals(404, console.get(other).statusCode());
    assertEquals(404, console.get("/devices/" + elsewhere.id()).statusCode());
    var form = PageForm.of(console.get(path).body(), "grantExemption");
    var moved =
        new PageForm(
            form.action().replace(device.id().value(), elsewhere.id().value()), form.values());
    assertEquals(404, moved.send(console, "reason=words" + UNTIL).statusCode());
    done(step("words"));
    assertEquals(1, count("confirmed", "Second step"));
    console.within("Sales", "sales.desk", Role.HELPDESK);
    assertEquals(0, count("confirmed", "Second step"));
  }

  @Test
  void to_grant_wants_a_proof_of_the_last_minutes() {
    console.as("wei.zhang", Role.HELPDESK);
    company.fleet.clock.move(Gate.RECENTLY.plusSeconds(1));
    var asked = step("words");
    assertEquals(200, asked.statusCode());
    assertTrue(asked.body().contains("Is it you?"), asked.body());
    assertEquals(0, count("confirmed", "Second step"));
  }

  @Test
  void a_code_for_a_device_without_a_network_takes_two_people_and_is_shown_once() throws Exception {
    var key =
        TestingCodes.key(
            company.fleet.folder.resolve("keys"),
            company.fleet.database,
            company.fleet.clock.instant());
    var page = "/devices/" + device.id();
    var challenge = Challenge.of(device.id(), new RuleId(SampleCompany.RULE), 4711);
    var typed = "challenge=" + challenge.text() + "&days=2&reason=On+a+plane";
    console.as("wei.zhang", Role.HELPDESK);
    var begun = console.submit(page, "answerChallenge", typed);
    assertEquals(200, begun.statusCode());
    assertTrue(begun.body().contains("The first of two steps is taken"), begun.body());
    console.as("li.na2", Role.APPROVER);
    var given = console.submit(page, "answerChallenge", typed);
    var expected =
        device
            .secret(key.publicKey())
            .code(
                device.id(),
                new RuleId(SampleCompany.RULE),
                4711,
                OneTimeCode.whole(company.fleet.clock.instant().plus(Duration.ofDays(2))));
    assertTrue(given.body().contains(expected.text()), given.body());
    assertFalse(console.get(page).body().contains(expected.text()), "it is shown once");
    var other = Challenge.of(elsewhere.id(), new RuleId(SampleCompany.RULE), 4711).text();
    var wrong =
        console.submit(page, "answerChallenge", "challenge=" + other + "&days=2&reason=words");
    assertEquals(422, wrong.statusCode());
    assertTrue(wrong.body().contains("not of this one"), wrong.body());
  }

  private String chosen(SimulatedDevice... devices) {
    var rows = new StringBuilder("/exemptions/chosen?of=%2Fexemptions");
    for (var one : devices) {
      rows.append("&row=").append(one.id()).append("%3A").append(SampleCompany.RULE);
    }
    return rows.toString();
  }

  @Test
  void the_list_has_what_was_found_beside_each_and_a_box_for_those_who_decide() {
    console.as("wei.zhang", Role.HELPDESK);
    var list = console.get("/exemptions").body();
    assertEquals(3, list.split("<code>pkg:npm/x</code>", -1).length, list);
    assertTrue(list.contains("<code class=\"two\">~/x</code>"), list);
    assertTrue(list.contains("value=\"" + device.id() + ":" + SampleCompany.RULE + "\""), list);
    company.fleet.send(
        device,
        new Coverage(company.fleet.clock.instant(), true, List.of()),
        new ReportedRule(
            SampleCompany.RULE, RuleState.CLEAR, null, null, null, List.of(), List.of()));
    assertTrue(console.get("/exemptions").body().contains("Not found by its last scan"));
    assertTrue(
        console.get("/exemptions?lang=zh-CN").body().contains("最近一次扫描未发现"), "in both languages");
    console.as("a.viewer", Role.VIEWER);
    assertFalse(console.get("/exemptions").body().contains("name=\"row\""));
  }

  @Test
  void two_people_grant_several_and_neither_does_both_steps_of_any() {
    console.as("li.na2", Role.APPROVER, Role.HELPDESK);
    var both = chosen(device, elsewhere);
    var page = console.get(both).body();
    assertTrue(
        page.contains("The plugin of ws-1 is not moved") && page.contains("pkg:npm/x"), page);
    assertTrue(page.contains("First step for 2, second step for 0"), page);
    done(console.submit(both, "grantExemptions", "reason=Late"));
    assertEquals(2, count("confirmed", "Second step"));

    var own = console.get(both).body();
    assertTrue(own.contains("For 2 of them the next step is not yours"), own);
    assertFalse(PageForm.isOn(own, "grantExemptions"));
    assertTrue(PageForm.isOn(own, "refuseExemptions"));

    console.as("zhao.min", Role.APPROVER);
    assertTrue(console.get(both).body().contains("First step for 0, second step for 2"));
    var form = PageForm.of(console.get(both).body(), "grantExemptions");
    console.as("li.na2", Role.APPROVER, Role.HELPDESK);
    var mine = PageForm.of(console.get(both).body(), "refuseExemptions").values();
    var forged = new LinkedHashMap<>(form.values());
    forged.put("csrf", mine.getOrDefault("csrf", ""));
    var alone = new PageForm(form.action(), forged).send(console, "reason=Mine");
    assertEquals(200, alone.statusCode());
    assertTrue(alone.body().contains("Done for 0, not done for 2"), alone.body());
    assertTrue(alone.body().contains("somebody else must take the second"), alone.body());
    assertFalse(isSigned(device));

    console.as("zhao.min", Role.APPROVER);
    done(console.submit(both, "grantExemptions", "reason=Until+moved"));
    assertEquals(2, count("granted", "Active"));
    assertTrue(isSigned(device) && isSigned(elsewhere));
    done(console.submit(both, "endExemptions", "reason=Moved"));
    assertEquals(2, count("closed", "Ended"));
    assertFalse(isSigned(device) || isSigned(elsewhere));
  }

  @Test
  void what_fails_for_some_is_told_for_each_and_left_with_what_was_typed() {
    console.as("li.na2", Role.APPROVER);
    var both = chosen(device, elsewhere);
    var form = PageForm.of(console.get(both).body(), "refuseExemptions");
    done(console.submit(chosen(device), "refuseExemptions", "reason=No&contact=me"));
    var partly = form.send(console, "reason=Kept+words&contact=sec");
    assertEquals(200, partly.statusCode());
    var page = partly.body();
    assertTrue(page.contains("Done for 1, not done for 1"), page);
    assertTrue(page.contains("ws-1 · <code>" + SampleCompany.RULE), page);
    assertTrue(page.contains("Somebody changed it since it was shown here"), page);
    assertEquals(2, count("closed", "Ended"), "the other is refused all the same");
    assertFalse(
        page.contains("href=\"/exemptions/" + elsewhere.id()), "what was decided is not shown");
    assertFalse(PageForm.isOn(page, "refuseExemptions"), "nothing of it waits any more");
  }

  @Test
  void a_database_that_is_lost_between_two_of_them_leaves_what_was_written_down_and_says_so() {
    var third = asking("ws-3", "R&D");
    console.as("wei.zhang", Role.HELPDESK);
    // The second case of one rule cannot be written down.
    company.fleet.database.write(
        connection -> Sql.update(connection, "create unique index lost on exemption (rule_id)"));
    var three = chosen(device, elsewhere, third);
    var partly = console.submit(three, "grantExemptions", "reason=Kept+words");
    assertEquals(200, partly.statusCode());
    var page = partly.body();
    assertTrue(page.contains("Done for 1, not done for 2"), page);
    assertTrue(page.contains("ws-1 · <code>" + SampleCompany.RULE + "</code> (EX-0001)"), page);
    assertTrue(page.contains("the database failed; nothing was done to it"), page);
    assertTrue(page.contains("not tried after this: the database failed"), page);
    assertFalse(page.contains("exemption.rule_id"), "what it says of tables is for the log");
    assertFalse(page.contains("href=\"/exemptions/" + device.id()), "what was decided is not left");
    assertEquals(1, count("confirmed", "Second step"));
    company.fleet.database.write(connection -> Sql.update(connection, "drop index lost"));
    done(PageForm.of(page, "grantExemptions").send(console, "reason=Kept+words"));
    assertEquals(3, count("confirmed", "Second step"));
  }

  @Test
  void what_fails_keeps_its_form_filled_in() {
    console.as("wei.zhang", Role.HELPDESK);
    var late = "reason=Kept+words&until=2027-07-20T10%3A00";
    var answer = console.submit(chosen(device, elsewhere), "grantExemptions", late);
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("Done for 0, not done for 2"), answer.body());
    assertTrue(answer.body().contains("within PT720H"), answer.body());
    assertTrue(answer.body().contains("Kept words</textarea>"), answer.body());
    assertTrue(answer.body().contains("value=\"2027-07-20T10:00\""), answer.body());
    var again = PageForm.of(answer.body(), "grantExemptions");
    done(again.send(console, "reason=Kept+words&until=2026-07-20T10%3A00"));
    assertEquals(2, count("confirmed", "Second step"));
  }

  @Test
  void several_are_decided_within_the_departments_that_somebody_sees() {
    console.within("R&D", "rd.desk", Role.HELPDESK);
    var page = console.get(chosen(device, elsewhere)).body();
    assertTrue(page.contains("1 that was chosen is not there any more"), page);
    assertFalse(page.contains("ws-2"), page);
    var form = PageForm.of(page, "grantExemptions");
    var forged = new LinkedHashMap<>(form.values());
    forged.put("cases.0.device", elsewhere.id().value());
    var sent = new PageForm(form.action(), forged).send(console, "reason=words");
    assertTrue(sent.body().contains("Done for 0, not done for 1"), sent.body());
    assertFalse(sent.body().contains("ws-2"), "nothing of it is told");
    console.as("li.na2", Role.APPROVER);
    assertEquals(0, count("confirmed", "Second step"));
  }

  @Test
  void an_address_that_names_no_rows_as_they_are_is_no_page() {
    console.as("li.na2", Role.APPROVER);
    var many = new StringBuilder("/exemptions/chosen?of=%2Fexemptions");
    for (var i = 0; i < 26; i++) {
      many.append("&row=%032x%%3A".formatted(i)).append(SampleCompany.RULE);
    }
    for (var address :
        List.of(
            many.toString(),
            "/exemptions/chosen?row=" + device.id(),
            "/exemptions/chosen?of=%2F%2Fevil.example&row=" + device.id() + "%3Ax-y")) {
      assertEquals(400, console.get(address).statusCode(), address);
    }
    assertTrue(console.get("/exemptions/chosen").body().contains("None is chosen"));
  }

  @Test
  void somebody_decides_on_several_by_the_keyboard_alone() throws Exception {
    try (var browser = atTheList()) {
      for (var key : List.of("j", "x", "j", "x")) {
        browser.press(key);
      }
      assertEquals(
          "2 chosen", browser.evaluate("document.querySelector('[data-count]').textContent"));
      reach(browser, "document.activeElement.matches('.bulk .primary')");
      browser.pressAndWait("Enter");
      assertEquals("/exemptions/chosen", browser.evaluate("location.pathname"));
      reach(browser, "document.activeElement.name === 'reason'");
      browser.type("The plugin is late");
      reach(browser, "document.activeElement.matches('button.primary')");
      browser.pressAndWait("Enter");
      assertEquals("/exemptions", browser.evaluate("location.pathname"));
      assertEquals(List.of(), browser.complaints());
    }
    assertEquals(2, count("confirmed", "Second step"));
  }

  @Test
  void somebody_grants_by_the_keyboard_alone() throws Exception {
    try (var browser = atTheList()) {
      reach(browser, "document.activeElement.getAttribute('href') === '" + path + "'");
      browser.pressAndWait("Enter");
      assertEquals(path, browser.evaluate("location.pathname"));
      reach(browser, "document.activeElement.name === 'reason'");
      browser.type("The plugin is late");
      reach(browser, "document.activeElement.classList.contains('primary')");
      browser.pressAndWait("Enter");
      assertEquals(path, browser.evaluate("location.pathname"));
      assertEquals(
          "Waits for the second step",
          browser.evaluate("document.querySelector('.head .pill.wait').textContent"));
      assertEquals(List.of(), browser.complaints());
    }
    assertEquals(1, count("confirmed", "Second step"));
  }

  /// Somebody of the help desk, who looks at what was asked for.
  private Chromium atTheList() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    console.as("wei.zhang", Role.HELPDESK);
    var browser = Chromium.open(place, folder.resolve("profile"));
    browser.surroundings(false, "en", 1440, 900);
    browser.cookie(console.address(), console.cookie());
    browser.go(console.address() + "/exemptions");
    return browser;
  }

  /// Goes on by Tab until that holds.
  private static void reach(Chromium browser, String condition) {
    for (var i = 0; i < 80; i++) {
      browser.press("Tab");
      if (browser.evaluate("String(" + condition + ")").equals("true")) {
        return;
      }
    }
    throw new AssertionError("the keyboard does not get there: " + condition);
  }
}
