package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleIT {
  private static final int DEVICES = 140;
  private static final Pattern COUNTER =
      Pattern.compile(
          "<a[^>]*href=\"(/devices\\?[^\"]*)\"[^>]*>(?:[^<]|<svg.*?</svg>|<b>)*?([0-9][0-9,]*)"
              + "(?: removals? failed)?(?:</b>)?</a>",
          Pattern.DOTALL);
  private static final Pattern TOTAL = Pattern.compile(">([0-9,]+) of ([0-9,]+) devices<");
  private static final Pattern DEVICE =
      Pattern.compile("<td class=\"keep\"><a href=\"(/devices/[0-9a-f]{32})\"");
  private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*)\" rel=\"next\"");

  @TempDir static Path folder;
  private static SampleCompany company;
  private static ConsoleServer console;

  @BeforeAll
  static void open() {
    company = new SampleCompany(folder).filled(DEVICES);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist).signedIn();
  }

  @AfterAll
  static void close() {
    console.close();
    company.close();
  }

  @Test
  void the_states_add_up_to_the_fleet() {
    var page = console.get("/").body();
    var states = page.substring(page.indexOf("<ul class=\"states\">"));
    states = states.substring(0, states.indexOf("</ul>"));
    var sum = 0;
    for (var counter : counters(states)) {
      sum += counter.count();
    }
    assertEquals(DEVICES, sum);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?group=ring",
        "/?group=version",
        "/?dept=Quality",
        "/?dept=!Quality&group=os",
        "/?dept=R%26D%20platform&dept=Quality",
        "/?os=!macos&group=ring",
        "/?ring=everyone&group=ring",
        "/?ring=!pilot&dept=Quality&from=2026-06-20&to=2026-06-28",
        "/?dept=!Quality&group=version&period=7d",
        "/rules",
        "/rules/claude-code"
      })
  void every_counter_equals_the_list_behind_it(String path) {
    var counters = counters(console.get(path).body());
    assertTrue(counters.size() >= 2, "counters of " + path);
    for (var counter : counters) {
      var list = console.get(counter.href());
      assertEquals(200, list.statusCode(), counter.href());
      assertEquals(counter.count(), total(list.body()), counter.href());
      assertEquals(counter.count(), rows(counter.href()).size(), counter.href());
    }
  }

  @Test
  void the_pages_of_a_list_show_every_device_once() {
    var rows = rows("/devices");
    assertEquals(DEVICES, rows.size());
    assertEquals(DEVICES, new HashSet<>(rows).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/rules",
        "/rules/claude-code",
        "/devices?rule=claude-code",
        "/devices",
        "DEVICE"
      })
  void no_link_of_the_console_is_dead(String path) {
    var page = console.get(path.equals("DEVICE") ? rows("/devices").getFirst() : path);
    assertEquals(200, page.statusCode());
    var links = new HashSet<String>();
    var matcher = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"").matcher(page.body());
    while (matcher.find()) {
      links.add(matcher.group(1).replace("&amp;", "&"));
    }
    assertTrue(links.size() > 5);
    for (var link : links) {
      // A choice of how pages look leads back to the page.
      var chooses = link.matches(".*[?&](theme|density|keys)=[a-z]+");
      assertEquals(chooses ? 303 : 200, console.get(link).statusCode(), link);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/rules",
        "/rules/claude-code",
        "/rules/no-such-rule",
        "/devices",
        "/devices/xyz",
        "/nope",
        "/login",
        "/devices?state=wrong&rule=claude-code",
        "/devices?page_after=wrong",
        "/?rule=none",
        "/a%3Cb",
      })
  void every_answer_forbids_what_is_not_our_own(String path) {
    var answer = console.get(path);
    assertEquals(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
            + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types default",
        answer.headers().firstValue("Content-Security-Policy").orElse("none"));
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    assertFalse(Pattern.compile("<[^>]+\\s(style|on[a-z]+)=").matcher(answer.body()).find());
    assertFalse(answer.body().contains("<style"));
    assertFalse(Pattern.compile("<script(?! src=\"/assets/)").matcher(answer.body()).find());
    assertFalse(answer.body().contains("javascript:"));
  }

  @Test
  void what_makes_no_sense_is_said_so_and_nothing_else() {
    assertEquals(404, console.get("/nope").statusCode());
    assertEquals(404, console.get("/rules/no-such-rule").statusCode());
    assertEquals(404, console.get("/?rule=no-such-rule").statusCode());
    assertEquals(404, console.get("/devices/" + "0".repeat(32)).statusCode());
    assertEquals(404, console.get("/devices/xyz").statusCode());
    assertEquals(400, console.get("/devices?rule=claude-code&state=wrong").statusCode());
    assertEquals(400, console.get("/devices?state=clear").statusCode());
    assertEquals(400, console.get("/devices?os=amiga").statusCode());
    assertEquals(400, console.get("/?os=amiga").statusCode());
    assertEquals(400, console.get("/?period=1y").statusCode());
    assertEquals(400, console.get("/devices?page_after=wrong").statusCode());
    assertEquals(405, console.post("/rules", "").statusCode());
  }

  @Test
  void the_language_is_that_of_the_address_then_the_cookie_then_the_browser() {
    assertTrue(
        console
            .get("/", "Accept-Language", "zh-TW, en;q=0.5")
            .body()
            .contains("<html lang=\"zh-CN\""));
    assertTrue(
        console.get("/", "Accept-Language", "fr, en;q=0.5").body().contains("<html lang=\"en\""));
    assertTrue(console.get("/", "Accept-Language", ";;;").body().contains("<html lang=\"en\""));
    var chosen = console.get("/?lang=zh-CN");
    assertTrue(chosen.body().contains("<html lang=\"zh-CN\""));
    assertTrue(chosen.headers().firstValue("Set-Cookie").orElse("").startsWith("lang=zh-CN;"));
    assertTrue(console.get("/?lang=xx").body().contains("<html lang=\"en\""));
  }

  /// Filters as somebody might put them together, told apart by the seed alone.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void counters_under_any_filters_equal_their_lists(long seed) {
    var random = new SplittableRandom(seed);
    var filters = Href.to("/devices").with("rule", "claude-code");
    filters = some(filters, random, "dept", "R&D platform", "Quality", "Mobile apps", "None");
    filters = some(filters, random, "version", "0.1.0", "-");
    filters = some(filters, random, "os", "linux", "macos", "windows", "other");
    var searches = List.of("", "SH-", "BJ-MBP", "00", "nothing");
    filters = filters.with("q", searches.get(random.nextInt(searches.size())));
    var all = filters.address();
    var sum = 0;
    for (var status : Status.values()) {
      var list = filters.with("state", status.word()).address();
      var counted = total(console.get(list).body());
      assertEquals(counted, rows(list).size(), list);
      sum += counted;
    }
    assertEquals(total(console.get(all).body()), sum, all);
    assertEquals(sum, rows(all).size(), all);
    filters = some(filters, random, "detector", "npm", "native", "vscode");
    filters = some(filters, random, "state", "present,failed,removing", "clear,removed");
    var list = filters.address();
    assertEquals(total(console.get(list).body()), rows(list).size(), list);
  }

  private static Href some(Href href, SplittableRandom random, String key, String... values) {
    var chosen = href;
    for (var value : values) {
      chosen = random.nextInt(4) == 0 ? chosen.with(key, value) : chosen;
    }
    return chosen;
  }

  @Test
  void a_course_can_be_shown_from_one_day_to_another_whichever_is_named_first() {
    var page = console.get("/?rule=claude-code&from=2026-06-28&to=2026-06-20").body();
    assertTrue(page.contains("id=\"filter-from\" value=\"2026-06-20\""), page);
    assertTrue(
        page.contains("from=2026-06-19T16%3A00%3A00Z&amp;to=2026-06-28T16%3A00%3A00Z"), page);
    assertFalse(page.contains("<dt>Forecast</dt><dd><b>"));
    assertTrue(
        console.get("/?period=7d&period=days&from=2026-06-20").body().contains("2026-06-19T"));
    var fixed = console.get("/?period=7d&from=2026-06-20").body();
    assertTrue(fixed.contains("id=\"filter-from\" value=\"\""), fixed);
    var copied =
        "data-copy=\"/?os=linux&amp;rule=claude-code&amp;from=2026-06-26&amp;to=2026-07-03\"";
    assertTrue(console.get("/?os=linux&period=7d").body().contains(copied));
    var now = "rule=claude-code&amp;from=2026-06-20&amp;to=2026-07-03\"";
    assertTrue(console.get("/?from=2026-06-20").body().contains("data-copy=\"/?" + now));
    var announced = "data-copy=\"/?rule=claude-code&amp;to=2026-07-03\"";
    assertTrue(console.get("/").body().contains(announced), console.get("/").body());
    for (var wrong :
        List.of(
            "/?from=yesterday",
            "/?period=week",
            "/?from=-400000000-01-01",
            "/?from=1969-12-31",
            "/?to=+999999999-12-31",
            "/?to=%2B999999999-12-31",
            "/?to=9999-01-01")) {
      assertEquals(400, console.get(wrong).statusCode(), wrong);
    }
  }

  @Test
  void every_time_and_day_is_of_the_zone_that_the_address_names() {
    var page = console.get("/?rule=claude-code&from=2026-06-20&tz=America/New_York").body();
    assertTrue(page.contains("from=2026-06-20T04%3A00%3A00Z"), page);
    assertTrue(page.contains("Eastern"), page);
    assertFalse(page.contains("China Time"), page);
    assertTrue(
        page.contains(
            "data-copy=\"/?tz=America%2FNew_York&amp;rule=claude-code&amp;from=2026-06-20"),
        page);
    assertTrue(page.contains("<input type=\"hidden\" name=\"tz\" value=\"America/New_York\">"));
    assertTrue(page.contains("Time zone: America/New_York"), "and can be taken away");
    console.as("quan.neng", Role.values());
    var log = console.get("/audit?tz=Asia/Kolkata&from=2026-06-01").body();
    assertTrue(log.contains("Kolkata Time"), log);
    var export = Pattern.compile("href=\"(/export/exportAudit[^\"]+)\"").matcher(log);
    assertTrue(export.find());
    var file = console.get(export.group(1).replace("&amp;", "&")).body();
    assertTrue(file.lines().skip(1).allMatch(line -> line.contains("+05:30,")), file);
    var usual = console.get("/export/exportAudit?format=csv").body();
    assertTrue(usual.lines().skip(1).allMatch(line -> line.contains("Z,")), usual);
    var lines = console.get("/export/exportAudit?format=jsonl&tz=Asia/Kolkata").body();
    assertFalse(lines.contains("+05:30"), "lines of JSON are for programs");
    for (var path : List.of("/", "/devices", "/queue", "/audit", "/me", "/rules/claude-code")) {
      var refused = console.get(path + "?tz=Mars/Olympus");
      assertEquals(400, refused.statusCode(), path);
      assertTrue(refused.body().contains("tz: \"Mars/Olympus\" is no time zone"), path);
    }
    assertEquals(400, console.get("/export/exportDevices?tz=Mars/Olympus").statusCode());
    console.signedIn();
  }

  @Test
  void what_is_left_out_is_said_and_can_be_taken_back_and_no_form_loses_it() {
    console.as("quan.neng", Role.values());
    var devices =
        console.get("/devices?rule=claude-code&state=!clear&dept=!Quality&dept=!-").body();
    assertTrue(devices.contains("State: not Clear"), devices);
    assertTrue(devices.contains("Department: not No department, not Quality"), devices);
    var queue = "/queue?dept=!Quality&dept=!-&state=open,resolved&os=!linux&page_after=x";
    var page = console.get(queue.replace("&page_after=x", "")).body();
    assertTrue(page.contains("Department: not No department, not Quality"), page);
    assertTrue(page.contains("State: Open, Solved"), page);
    assertTrue(page.contains("System: not Linux"), page);
    for (var kept :
        List.of(
            "\"dept\" value=\"!Quality\"", "\"dept\" value=\"!-\"", "\"os\" value=\"!linux\"")) {
      assertTrue(page.contains("<input type=\"hidden\" name=" + kept + ">"), page);
    }
    assertTrue(
        page.contains("<option value=\"open,resolved\" selected>Open, Solved</option>"), page);
    assertTrue(
        page.contains("href=\"/queue?dept=%21Quality&amp;dept=%21-&amp;state=open,resolved\""));
    var chinese = console.get("/queue?dept=!Quality&os=!linux&lang=zh-CN").body();
    assertTrue(chinese.contains("非Quality") && chinese.contains("非Linux"), chinese);
    assertEquals(200, console.get("/queue?lang=en").statusCode());
    var others = console.get("/exemptions?state=!closed&rule=!claude-code").body();
    assertTrue(others.contains("not Ended") && others.contains("not Claude Code"), others);
    assertTrue(console.get("/software?detector=!npm").body().contains("Found by: not "));
    assertTrue(console.get("/audit?actor=!tester").body().contains("Who: not tester"));
    var rule = console.get("/devices?rule=!claude-code");
    assertEquals(400, rule.statusCode());
    assertTrue(rule.body().contains("rule: \"!claude-code\" is not possible here"));
    console.signedIn();
  }

  @Test
  void whatever_days_a_page_shows_its_export_is_of_them() {
    for (var days :
        List.of("/?to=2020-01-01", "/?from=1970-01-01", "/?from=9998-12-31", "/?to=9998-12-31")) {
      var page = console.get(days);
      assertEquals(200, page.statusCode(), days);
      var export = Pattern.compile("data-export href=\"([^\"]+)\"").matcher(page.body());
      assertTrue(export.find(), page::body);
      var file = console.get(export.group(1).replace("&amp;", "&"));
      assertEquals(200, file.statusCode(), () -> days + ": " + file.body());
      assertEquals(
          days.equals("/?from=1970-01-01") || days.contains("to=9"),
          file.body().contains(",course,"),
          days);
    }
  }

  @Test
  void all_that_match_are_offered_only_where_something_has_to_match() {
    var all = "name=\"all\"";
    assertTrue(console.get("/devices").body().contains(all));
    console.as("quan.neng", Role.values());
    var whole = console.get("/devices?rule=claude-code").body();
    var part = console.get("/devices?os=linux,macos,windows").body();
    console.signedIn();
    assertFalse(whole.contains("all=true"), whole);
    assertTrue(part.contains("all=true"), part);
    assertTrue(whole.contains("data-total=\"50\" data-shown=\"50\""), whole);
    assertTrue(part.contains("data-total=\"" + DEVICES + "\" data-shown=\"50\""), part);
  }

  @Test
  void how_pages_look_is_chosen_by_address_and_kept_in_a_cookie() {
    assertTrue(console.get("/rules").body().contains("data-theme=\"system\""));
    var chosen = console.get("/devices?os=linux&theme=dark");
    assertEquals(303, chosen.statusCode());
    assertEquals("/devices?os=linux", chosen.headers().firstValue("Location").orElse(""));
    var cookie = chosen.headers().firstValue("Set-Cookie").orElse("");
    assertTrue(cookie.startsWith("display=dark.roomy.on; Path=/;"), cookie);
    assertTrue(cookie.contains("HttpOnly; SameSite=Lax"), cookie);
    var kept = console.cookie() + "; display=dark.tight.off";
    var page = console.get("/rules", "Cookie", kept).body();
    assertTrue(page.contains("data-theme=\"dark\" data-density=\"tight\" data-keys=\"off\""));
    var strange = console.cookie() + "; display=dark\"><script>.tight";
    assertTrue(console.get("/rules", "Cookie", strange).body().contains("data-theme=\"system\""));
    assertEquals(200, console.get("/rules?theme=pink").statusCode());
  }

  @Test
  void columns_are_those_of_the_address_and_stay_with_filters_and_pages() {
    var page = console.get("/devices?cols=os,last-contact").body();
    assertTrue(page.contains(">Last contact</th>"));
    assertFalse(page.contains(">Department</th>"));
    assertTrue(page.contains("<input type=\"hidden\" name=\"cols\" value=\"os,last-contact\">"));
    assertTrue(NEXT.matcher(page).find());
    assertTrue(page.contains("cols=os,last-contact&amp;page_after="));
    assertEquals(400, console.get("/devices?cols=shoe-size").statusCode());
  }

  @Test
  void where_it_is_can_be_seen_by_system_and_all_rules_at_once() {
    var page = console.get("/?group=os").body();
    assertTrue(page.contains("<th scope=\"col\">System</th>"));
    assertTrue(page.contains("&amp;os=macos\""));
    assertTrue(page.contains("class=\"spark\""));
    var rings = console.get("/?group=ring").body();
    assertTrue(rings.contains("<th scope=\"col\">Ring</th>"));
    assertTrue(rings.contains("&amp;ring=everyone\""), rings);
    var versions = console.get("/?group=version").body();
    assertTrue(versions.contains("<th scope=\"col\">Agent version</th>"));
    var link =
        Pattern.compile("(/devices[^\"]*&amp;version=[^\"]+)\">([0-9,]+)</a>").matcher(versions);
    var met = 0;
    while (link.find()) {
      met++;
      var list = link.group(1).replace("&amp;", "&");
      assertEquals(
          Integer.parseInt(link.group(2).replace(",", "")), total(console.get(list).body()), list);
    }
    assertTrue(met > 0, versions);
    assertEquals(400, console.get("/?group=shoe-size").statusCode());
    var all = console.get("/?rule=all").body();
    assertEquals(2, all.split("class=\"mini\"", -1).length - 1);
  }

  @Test
  void pages_that_count_devices_say_how_old_that_is() {
    var rule = SampleCompany.blocklist().rules().getFirst().id().value();
    for (var path : List.of("/", "/?rule=all", "/rules", "/rules/" + rule, "/software")) {
      var page = console.get(path).body();
      assertTrue(page.contains("Last device report <time datetime="), path);
      assertTrue(
          console
              .get(path + (path.contains("?") ? "&" : "?") + "lang=zh-CN")
              .body()
              .contains("最近一次设备上报： <time"),
          path);
    }
    assertFalse(
        console.get("/rules/" + rule + "?tab=notices").body().contains("Last device report"),
        "nothing there is of devices");
    var letter = console.get("/rules/" + rule + "?tab=notices").body();
    assertTrue(
        letter.contains("lang=\"zh-CN\" tabindex=\"0\">")
            && letter.contains("request-exemption " + rule + " --until 20")
            && letter.contains(" --reason \"...\"\nQuestions: it-desk@hailan.example"),
        letter);
  }

  @Test
  void after_its_date_a_rule_shows_what_came_back_and_what_was_blocked() {
    company.fleet.database.write(connection -> {
      for (var kind : List.of(EventKind.FINDING_REAPPEARED, EventKind.LAUNCH_BLOCKED)) {
        var times = Json.object().put("times", kind == EventKind.LAUNCH_BLOCKED ? 17 : 1).build();
        Events.add(
            connection, kind, SampleCompany.NOW, null, "0".repeat(32), "claude-desktop", times);
      }
      return 1;
    });
    var page = console.get("/?rule=claude-desktop").body();
    assertTrue(page.contains("<dt>Came back since</dt><dd class=\"has\">1</dd>"));
    assertTrue(page.contains("<dt>Launches blocked</dt><dd>17</dd>"));
    assertFalse(page.contains("<dt>Forecast</dt>"));
    console.as("quan.neng", Role.values());
    var linked = console.get("/?rule=claude-desktop").body();
    var list = Pattern.compile("href=\"(/events[^\"]+)\">1</a>").matcher(linked);
    assertTrue(list.find(), linked);
    var came = console.get(list.group(1).replace("&amp;", "&")).body();
    console.signedIn();
    assertTrue(came.contains(">1 event<") && came.contains("came back</td>"), came);
    assertFalse(console.get("/?rule=claude-code").body().contains("Launches blocked"));
  }

  @Test
  void what_waits_is_said_with_how_long() {
    // Requests are not everybody's to see.
    assertFalse(console.get("/").body().contains("exemption requests"));
    console.as("ap.prover", Role.APPROVER);
    var page = console.get("/").body();
    console.signedIn();
    assertTrue(page.contains("Waiting on you"));
    var requests = Pattern.compile(">[0-9]+</span><div><p>exemption requests?</p>");
    assertTrue(requests.matcher(page).find());
    assertTrue(page.contains("oldest 21 d"));
    assertTrue(page.contains("had it when last heard"));
  }

  @Test
  void a_company_without_rules_or_devices_is_told_what_comes_next(
      @TempDir Path empty, @TempDir Path another) {
    try (var nobody = new SampleCompany(empty);
        var bare = new ConsoleServer(nobody.fleet, () -> Blocklist.EMPTY).signedIn()) {
      assertTrue(bare.get("/").body().contains("No rule is published yet"));
      assertTrue(bare.get("/rules").body().contains("No rule is published yet"));
      assertTrue(bare.get("/devices").body().contains("No device is enrolled yet"));
    }
    try (var nobody = new SampleCompany(another);
        var bare = new ConsoleServer(nobody.fleet, SampleCompany::blocklist).signedIn()) {
      var page = bare.get("/").body();
      assertTrue(page.contains("No device has reported yet"));
      assertTrue(page.contains("class=\"headline unsure\""));
      assertTrue(page.contains("needs 5 workdays of data"));
      assertNotEquals(-1, page.indexOf("The line starts with the second measurement"));
    }
  }

  private record Counter(String href, int count) {}

  private static List<Counter> counters(String page) {
    var counters = new ArrayList<Counter>();
    var matcher = COUNTER.matcher(page);
    while (matcher.find()) {
      var href = matcher.group(1).replace("&amp;", "&");
      counters.add(new Counter(href, number(matcher.group(2))));
    }
    return counters;
  }

  private static int total(String page) {
    var matcher = TOTAL.matcher(page);
    assertTrue(matcher.find(), page);
    return number(matcher.group(1));
  }

  private static List<String> rows(String href) {
    var rows = new ArrayList<String>();
    var at = href;
    while (at != null) {
      var page = console.get(at).body();
      var devices = DEVICE.matcher(page);
      while (devices.find()) {
        rows.add(devices.group(1));
      }
      var next = NEXT.matcher(page);
      at = next.find() ? next.group(1).replace("&amp;", "&") : null;
    }
    return rows;
  }

  private static int number(String grouped) {
    return Integer.parseInt(grouped.replace(",", ""));
  }
}
