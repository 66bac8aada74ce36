package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.expected.DeviceLists;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A number is that of the rows behind it, whatever is filtered: the queue, exemptions, software,
/// the audit log, drafts and rings. (The devices and the overview are in ConsoleIT.)
class ListCountsIT {
  private static final Pattern TOTAL = Pattern.compile("class=\"sub\">(?:no|([0-9][0-9,]*))");
  private static final Pattern PAGES =
      Pattern.compile("class=\"total\">[0-9,]+ on this page, ([0-9,]+) in all<");
  private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*)\" rel=\"next\"");
  private static final Pattern ROW = Pattern.compile("(?s)<tbody>(.*?)</tbody>");
  private static final Pattern STATE =
      Pattern.compile("href=\"(/devices\\?[^\"]*state=[^\"]*)\"[^>]*>.*?<b>([0-9,]+)</b>");

  @TempDir static Path folder;
  private static SampleCompany company;
  private static ConsoleServer console;

  @BeforeAll
  static void open() {
    company = new SampleCompany(folder).filled(140);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist).signedIn();
    console.as("quan.neng", Role.values());
    Everywhere.furnish(console);
  }

  @AfterAll
  static void close() {
    console.close();
    company.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 6, 7})
  void the_total_of_a_list_is_the_number_of_its_rows(long seed) {
    var random = new SplittableRandom(seed);
    var rows = 0;
    for (var list : lists(random)) {
      var told = told(console.get(list).body(), list);
      assertEquals(rows(list), told, list);
      rows += told;
    }
    assertTrue(rows > 0, "filters that leave nothing prove nothing");
  }

  private static List<String> lists(SplittableRandom random) {
    var queue = Href.to("/queue");
    queue = one(queue, random, "rule", "claude-code", "claude-desktop");
    queue = one(queue, random, "dept", "Quality", "R&D platform", "!Mobile apps");
    queue = one(queue, random, "dept", "!-");
    queue = one(queue, random, "os", "linux,macos", "!linux");
    queue = one(queue, random, "class", "!other", "!-");
    queue = one(queue, random, "ring", "everyone", "!everyone", "-");
    queue = one(queue, random, "q", "SH-", "LNX", "0");
    var audit = Href.to("/audit");
    audit = one(audit, random, "actor", "tester", "quan.neng", "!tester");
    audit = one(audit, random, "action", "draft.create", "account", "!account");
    audit = one(audit, random, "from", "2026-06-12", "2026-07-03");
    audit = one(audit, random, "to", "2026-07-03", "2026-07-04");
    var software = one(Href.to("/software"), random, "q", "claude", "o", "none");
    software = one(software, random, "detector", "npm", "native", "!vscode");
    software = one(software, random, "detector", "!npm", "vscode");
    software = one(software, random, "reviewed", "yes", "no");
    return List.of(queue.address(), audit.address(), software.address());
  }

  private static Href one(Href href, SplittableRandom random, String key, String... values) {
    return random.nextInt(2) == 0 ? href : href.with(key, values[random.nextInt(values.length)]);
  }

  @Test
  void without_a_filter_too() {
    for (var list : List.of("/queue", "/audit", "/software", "/queue?state=resolved")) {
      assertEquals(rows(list), told(console.get(list).body(), list), list);
    }
    assertTrue(rows("/audit") > 140 && rows("/queue") > 0 && rows("/software") > 3);
  }

  @Test
  void every_software_has_as_many_devices_as_its_list() {
    var numbers =
        Pattern.compile("href=\"(/software/devices[^\"]+)\"[^>]*>([0-9,]+)<")
            .matcher(console.get("/software").body());
    var seen = 0;
    while (numbers.find()) {
      assertEquals(number(numbers.group(2)), rows(plain(numbers.group(1))), numbers.group(1));
      seen++;
    }
    assertTrue(seen > 3);
  }

  @Test
  void what_was_reviewed_leaves_the_list_of_what_was_not_and_comes_back() {
    var row =
        Pattern.compile("action=\"(/do/reviewSoftware[^\"]+)\"")
            .matcher(console.get("/software?reviewed=no").body());
    assertTrue(row.find());
    var before = rows("/software?reviewed=no");
    var reviewed = rows("/software?reviewed=yes");
    var form = "csrf=" + console.csrf() + "&_back=%2Fsoftware";
    var deed = plain(row.group(1));
    assertEquals(303, console.post(deed, form + "&note=Ours").statusCode());
    assertEquals(before - 1, rows("/software?reviewed=no"));
    assertEquals(reviewed + 1, rows("/software?reviewed=yes"));
    var page = console.get("/software?reviewed=yes").body();
    assertTrue(page.contains("quan.neng") && page.contains("Ours"), page);
    assertTrue(console.get("/audit?action=software.review").body().contains("Ours"));
    var back = deed.replace("reviewSoftware", "unreviewSoftware");
    assertEquals(303, console.post(back, form).statusCode());
    assertEquals(before, rows("/software?reviewed=no"));
    assertEquals(404, console.post(back, form).statusCode());
    var nothing = deed.replaceFirst("identity=.*", "identity=pkg%3Anpm%2Fnothing");
    assertEquals(404, console.post(nothing, form).statusCode());
  }

  @Test
  void the_people_of_the_overview_are_those_of_their_list_each_with_as_many_devices() {
    var csv = new StringBuilder("hostname,owner\n");
    var hosts =
        Pattern.compile("<td class=\"keep\"><a href=\"/devices/[0-9a-f]{32}\">([^<]+)<")
            .matcher(console.get("/devices?rule=claude-code&state=present").body());
    for (var i = 0; hosts.find(); i++) {
      csv.append(hosts.group(1)).append(",person-").append(i / 2).append('\n');
    }
    DeviceLists.apply(company.fleet, csv.toString());
    var told =
        Pattern.compile("href=\"(/people[^\"]+)\">([0-9,]+) people<")
            .matcher(console.get("/?rule=claude-code").body());
    assertTrue(told.find());
    var list = plain(told.group(1));
    assertEquals(number(told.group(2)), rows(list));
    var export = Pattern.compile("data-export href=\"([^\"]+)\"").matcher(console.get(list).body());
    assertTrue(export.find());
    var file = console.get(plain(export.group(1)));
    assertEquals(number(told.group(2)), file.body().lines().count() - 1, "without its heading");
    var devices =
        Pattern.compile("href=\"(/devices[^\"]*owner=person[^\"]+)\"[^>]*>([0-9,]+)<")
            .matcher(console.get(list).body());
    var seen = 0;
    while (devices.find() && seen < 5) {
      assertEquals(number(devices.group(2)), rows(plain(devices.group(1))), devices.group(1));
      seen++;
    }
    assertEquals(5, seen);
  }

  @Test
  void every_tab_of_a_list_has_the_number_of_its_rows() {
    var tabs =
        Pattern.compile("<a href=\"(/exemptions[^\"]*)\"[^>]*>[^<]*<span class=\"num\">([0-9,]+)<")
            .matcher(console.get("/exemptions?rule=!none&rule=!nothing").body());
    var seen = 0;
    while (tabs.find()) {
      var count = number(tabs.group(2));
      assertEquals(count, rows(plain(tabs.group(1))), tabs.group(1));
      seen += count;
    }
    assertTrue(seen > 0, "an exemption that somebody asked for");
  }

  @Test
  void the_states_of_a_ring_add_up_to_it_and_lead_to_as_many_devices() {
    var page = console.get("/rings?rule=claude-code").body();
    var states = STATE.matcher(page);
    var sum = 0;
    while (states.find()) {
      var counted = number(states.group(2));
      assertEquals(counted, told(console.get(plain(states.group(1))).body(), states.group(1)));
      sum += counted;
    }
    assertEquals(140, sum);
  }

  /// What the page says how many there are, at its head and, where it has several pages, below.
  private static int told(String page, String list) {
    var head = TOTAL.matcher(page);
    assertTrue(head.find(), () -> "no total on " + list + ": " + page);
    var told = head.group(1) == null ? 0 : number(head.group(1));
    var pages = PAGES.matcher(page);
    if (pages.find()) {
      assertEquals(told, number(pages.group(1)), list);
    }
    return told;
  }

  private static int rows(String list) {
    var rows = 0;
    var at = list;
    while (at != null) {
      var answer = console.get(at);
      assertEquals(200, answer.statusCode(), at);
      var table = ROW.matcher(answer.body());
      rows += table.find() ? table.group(1).split("<tr[ >]", -1).length - 1 : 0;
      var next = NEXT.matcher(answer.body());
      at = next.find() ? plain(next.group(1)) : null;
    }
    return rows;
  }

  private static String plain(String escaped) {
    return escaped.replace("&amp;", "&");
  }

  private static int number(String grouped) {
    return Integer.parseInt(grouped.replace(",", ""));
  }
}
