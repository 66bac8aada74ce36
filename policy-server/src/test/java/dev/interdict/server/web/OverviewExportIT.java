package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.History;
import dev.interdict.server.compliance.Part;
import dev.interdict.server.csv.CsvReader;
import dev.interdict.server.csv.CsvRecord;
import dev.interdict.server.fleet.Counted;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.expected.DeviceLists;
import dev.interdict.server.query.Terms;
import dev.interdict.server.store.Sql;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file behind "Export" on the overview says what the page says.
class OverviewExportIT {
  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;

  @BeforeEach
  void open() {
    company = new SampleCompany(folder).filled(60).published();
    var history = new History(company.fleet.database, company.fleet.compliance);
    for (var hour = 0; hour < 3; hour++) {
      history.sample();
      company.fleet.clock.move(Duration.ofHours(1));
    }
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
  }

  @AfterEach
  void close() {
    console.close();
    company.close();
  }

  /// What the pattern finds, each with its groups, without the commas of numbers.
  private static List<List<String>> found(String page, String pattern) {
    var found = new ArrayList<List<String>>();
    var matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    while (matcher.find()) {
      var groups = new ArrayList<String>();
      for (var i = 1; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i).replaceAll("(?<=[0-9]),(?=[0-9])", "").replace("&amp;", "&"));
      }
      found.add(groups);
    }
    return found;
  }

  private static String section(String page, String id) {
    var from = page.indexOf("id=\"" + id + "\"");
    assertTrue(from >= 0, () -> id + " in " + page);
    return page.substring(from, page.indexOf("</section>", from));
  }

  private List<List<String>> exported(String page) throws Exception {
    var href =
        found(page, "data-export href=\"([^\"]+)\"").getFirst().getFirst().replace("&amp;", "&");
    var answer = console.get(href);
    assertEquals(200, answer.statusCode(), answer::body);
    var rows = new ArrayList<List<String>>();
    var bytes = answer.body().substring(1).getBytes(StandardCharsets.UTF_8);
    var reader = new CsvReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8);
    for (var row = reader.next(); row != null; row = reader.next()) {
      rows.add(assertInstanceOf(CsvRecord.Values.class, row).values());
    }
    assertEquals(
        List.of("rule", "at", "part", "name", "devices", "has-it", "percent"), rows.removeFirst());
    return rows;
  }

  private static List<List<String>> part(List<List<String>> rows, String part, int... columns) {
    return rows.stream()
        .filter(row -> row.get(2).equals(part))
        .map(row -> {
          var chosen = new ArrayList<String>();
          for (var column : columns) {
            chosen.add(row.get(column));
          }
          return (List<String>) chosen;
        })
        .toList();
  }

  private static long sum(List<List<String>> numbers) {
    return numbers.stream().mapToLong(each -> Long.parseLong(each.getFirst())).sum();
  }

  private void equal(String path, String group) throws Exception {
    var page = console.get(path).body();
    var rows = exported(page);
    var fleet = part(rows, "fleet", 4, 5).getFirst();
    assertEquals(
        fleet.getLast(),
        found(page, "class=\"headline[^\"]*\" href=\"[^\"]*\">([0-9,]+)<").getFirst().getFirst());
    var states = found(section(page, "live-states"), "<b>([0-9,]+)</b>");
    assertEquals(Long.parseLong(fleet.getFirst()), sum(states));
    assertEquals(sum(states), sum(part(rows, "state", 4)));
    var where =
        found(
            section(page, "live-where"),
            "<tr><td[^>]*>([^<]*)</td>\\s*<td class=\"r\"><a [^>]*>([0-9,]+)</a></td>\\s*<td"
                + " class=\"r keep\"><b><a [^>]*>([0-9,]+)</a>");
    assertFalse(where.isEmpty(), () -> section(page, "live-where"));
    var having =
        part(rows, group, 3, 4, 5).stream().filter(row -> !row.getLast().equals("0")).toList();
    if (group.equals("dept")) {
      // Departments of few people stand together, in the file by the name of none.
      assertEquals(
          where.stream().map(row -> row.getFirst()).toList(),
          having.stream()
              .map(row -> row.getFirst().equals("*") ? "Small groups together" : row.getFirst())
              .limit(where.size())
              .toList());
    }
    assertEquals(
        where.stream().map(row -> row.subList(1, 3)).toList(),
        having.stream().map(row -> row.subList(1, 3)).limit(where.size()).toList());
    var ranks = found(section(page, "live-sources"), "<b>([0-9,]+)</b></li>");
    var sources = part(rows, "detector", 5);
    var systems = part(rows, "os", 5).stream().filter(row -> !row.equals(List.of("0"))).toList();
    var both = new ArrayList<>(sources.subList(0, Math.min(8, sources.size())));
    both.addAll(systems);
    assertEquals(both, ranks);
    var table = page.substring(page.indexOf("chart-table"), page.indexOf("live-states"));
    var course = found(table, "<td class=\"r\">([0-9,]+)</td></tr>");
    assertEquals(course.getFirst(), part(rows, "course", 5).getFirst());
    assertEquals(course.getLast(), List.of(fleet.getLast()));
  }

  @Test
  void the_file_equals_the_page_by_any_grouping() throws Exception {
    console.as("a.viewer", Role.VIEWER);
    equal("/", "dept");
    equal("/?group=os", "os");
    equal("/?group=version", "version");
  }

  @Test
  void who_sees_a_part_of_the_fleet_exports_that_part() throws Exception {
    console.within("R&D platform", "part", Role.VIEWER);
    var page = console.get("/").body();
    var rows = exported(page);
    assertEquals(
        found(page, "class=\"headline[^\"]*\" href=\"[^\"]*\">([0-9,]+)<").getFirst().getFirst(),
        part(rows, "fleet", 5).getFirst().getFirst());
    assertEquals(
        List.of(List.of("R&D platform")),
        part(rows, "dept", 3).stream().filter(row -> !row.equals(List.of("*"))).toList());
    assertTrue(
        Long.parseLong(part(rows, "fleet", 4).getFirst().getFirst()) < 60, "not the whole fleet");
  }

  private void reports(SimulatedDevice device, RuleState state) {
    var rule = new ReportedRule(SampleCompany.RULE, state, null, null, null, List.of(), List.of());
    var coverage = new Coverage(company.fleet.clock.instant(), true, List.of());
    company.fleet.send(device, coverage, rule);
  }

  @Test
  void of_a_part_that_is_small_neither_page_nor_file_tells_more_than_that() throws Exception {
    reports(company.fleet.enrolled("legal-1", OsFamily.MACOS, "Legal"), RuleState.FAILED);
    reports(company.fleet.enrolled("legal-2", OsFamily.LINUX, "Legal"), RuleState.CLEAR);
    console.as("a.viewer", Role.VIEWER);
    for (var part : List.of("dept=Legal", "dept=Legal&os=macos", "dept=Nobody")) {
      for (var group : List.of("dept", "os", "ring", "version")) {
        var page =
            console.get("/?" + part + (group.equals("dept") ? "" : "&group=" + group)).body();
        assertTrue(page.contains("Fewer than 5 devices"), page);
        for (var told :
            List.of("1 person", "legal-", "in view", "live-states", "live-where", "live-hands")) {
          assertFalse(page.contains(told), () -> part + " tells " + told);
        }
        assertEquals(
            List.of(List.of("fleet", "too-small", "", "", "")),
            exported(page).stream().map(row -> row.subList(2, 7)).toList());
      }
    }
    var seen = company.fleet.compliance.of(new Part(Terms.of("Legal"), Terms.ALL, Terms.ALL));
    assertEquals(0, seen.overview(SampleCompany.RULE).counts().total());
    assertEquals(List.of(), seen.byVersion(SampleCompany.RULE));
    assertEquals(List.of(), seen.byRing(SampleCompany.RULE));
  }

  @Test
  void few_people_of_a_part_are_not_counted_and_none_is_named_beside_a_failure() {
    var csv = new StringBuilder("hostname,department,owner\n");
    for (var i = 0; i < 6; i++) {
      csv.append("lab-").append(i).append(",Lab,person-").append(i).append('\n');
    }
    DeviceLists.apply(company.fleet, csv.toString());
    var lab = new Part(Terms.of("Lab"), Terms.ALL, Terms.ALL);
    console.as("a.viewer", Role.VIEWER);
    for (var i = 0; i < 6; i++) {
      reports(company.fleet.enrolled("lab-" + i, OsFamily.LINUX, "Lab"), RuleState.FAILED);
      var seen = company.fleet.compliance.of(lab);
      var overview = seen.overview(SampleCompany.RULE);
      assertEquals(i < 4 ? null : Long.valueOf(i + 1), seen.affected().count(overview));
    }
    var page = console.get("/?dept=Lab").body();
    assertTrue(page.contains("6 people") && section(page, "live-hands").contains(">lab-"), page);
    assertFalse(page.contains("person-"), page);
  }

  @Test
  void the_rings_of_a_part_are_the_same_on_the_page_and_in_the_file_and_small_ones_together()
      throws Exception {
    var part = new Part(Terms.of("R&D platform"), Terms.ALL, Terms.ALL);
    var having =
        company
            .fleet
            .compliance
            .devices(DeviceFilter.ofRule(SampleCompany.RULE).of(part), null, 100)
            .rows()
            .stream()
            .sorted(Comparator.comparing(row -> !Objects.requireNonNull(row.status()).hasIt()))
            .map(row -> row.id().value())
            .toList();
    assertTrue(having.size() >= 10, having::toString);
    ring("pilot", having.subList(0, 1));
    ring("early", having.subList(1, 5));
    console.as("a.viewer", Role.VIEWER);
    var page = console.get("/?group=ring&dept=R%26D%20platform").body();
    var file = part(exported(page), "ring", 3, 4, 5);
    assertEquals(having.size(), sum(part(exported(page), "ring", 4)));
    assertEquals(List.of("everyone", "*"), file.stream().map(List::getFirst).toList());
    assertEquals("5", file.getLast().get(1));
    var told =
        found(
            section(page, "live-where"),
            "<tr><td[^>]*>([^<]*)</td>\\s*<td class=\"r\"><a [^>]*>([0-9,]+)</a></td>\\s*<td"
                + " class=\"r keep\"><b><a [^>]*>([0-9,]+)</a>");
    assertEquals(
        file.stream()
            .filter(row -> !row.getLast().equals("0"))
            .map(row ->
                List.of(
                    row.getFirst().equals("*") ? "Small groups together" : row.getFirst(),
                    row.get(1),
                    row.getLast()))
            .collect(Collectors.toSet()),
        Set.copyOf(told));
    assertTrue(told.stream().anyMatch(row -> row.getFirst().equals("Small groups together")));
  }

  private void listed() {
    var csv = new StringBuilder("hostname,department,owner,site,manager\n");
    for (var i = 0; i < 19; i++) {
      var site = i < 7 ? "Berlin" : i < 13 ? "Plant, 2" : i < 16 ? "Oslo" : i < 18 ? "Rome" : "";
      csv.append("lab-%d,Lab,p-%d,\"%s\",%s%n".formatted(i, i, site, i < 12 ? "Mia <M>" : ""));
    }
    DeviceLists.apply(company.fleet, csv.toString());
    for (var i = 0; i < 18; i++) {
      reports(
          company.fleet.enrolled("lab-" + i, OsFamily.LINUX, "Lab"),
          i % 3 == 0 ? RuleState.CLEAR : RuleState.FAILED);
    }
  }

  @Test
  void by_site_and_manager_each_number_leads_to_its_list_and_small_ones_are_together()
      throws Exception {
    console.as("a.viewer", Role.VIEWER);
    assertFalse(section(console.get("/").body(), "live-where").contains("group=site"));
    listed();
    assertTrue(section(console.get("/").body(), "live-where").contains("group=site"));
    for (var within : List.of("", "&dept=Lab", "&os=linux")) {
      for (var group : List.of("site", "manager")) {
        if (!within.contains("Lab")) {
          // Of a department of today there is no course to compare.
          equal("/?group=" + group + within, group);
        }
        var where = section(console.get("/?group=" + group + within).body(), "live-where");
        assertFalse(where.contains("Oslo") || where.contains("Rome"), where);
        var links =
            found(
                where,
                "<a href=\"(/devices[^\"]*(?:[?]|&amp;)(?:site|manager)=[^\"]*)\">([0-9,]+)<");
        assertTrue(links.size() > 1, where);
        for (var link : links) {
          var list = console.get("/api/v1" + link.getFirst()).body();
          assertTrue(list.startsWith("{\"total\":" + link.getLast() + ","), () -> link + list);
        }
      }
    }
    var where = section(console.get("/?group=site").body(), "live-where");
    assertTrue(where.contains("Berlin") && where.contains("Plant, 2"), where);
    assertTrue(where.contains("Small groups together"), where);
    assertTrue(console.get("/?group=manager").body().contains("Mia &lt;M&gt;"));
    DeviceLists.apply(company.fleet, "hostname,site\nlab-0,Lyon\n");
    var lyon = console.get("/api/v1/devices?site=Lyon&manager=Mia%20%3CM%3E").body();
    assertTrue(lyon.startsWith("{\"total\":1,"), lyon);
    assertTrue(
        console.get("/api/v1/devices?site=%21Lyon&site=%21-&dept=Lab").body().contains("lab-1\""));
  }

  @Test
  void a_site_is_not_told_of_within_a_part_where_its_few_elsewhere_could_be_told_from_that()
      throws Exception {
    console.as("a.viewer", Role.VIEWER);
    listed();
    var csv = new StringBuilder("hostname,department,site\n");
    for (var i = 0; i < 12; i++) {
      csv.append("fab-%d,Fab,%s%n".formatted(i, i < 2 ? "Berlin" : "Kyoto"));
    }
    DeviceLists.apply(company.fleet, csv.toString());
    for (var i = 0; i < 12; i++) {
      reports(company.fleet.enrolled("fab-" + i, OsFamily.LINUX, "Fab"), RuleState.FAILED);
    }
    var whole = section(console.get("/?group=site").body(), "live-where");
    assertTrue(whole.contains("Berlin") && whole.contains("Kyoto"), whole);
    // Of the 9 in Berlin 7 are of the lab, so that the lab's would tell of the other 2.
    var lab = section(console.get("/?group=site&dept=Lab").body(), "live-where");
    assertFalse(lab.contains("Berlin"), lab);
    assertTrue(lab.contains("Small groups together"), lab);
    // In Kyoto there is nobody else.
    assertFalse(
        section(console.get("/?group=site&dept=Fab").body(), "live-where").contains("Berlin"));
    // Of both together, less what is told of the lab, the other 2 would be left.
    for (var several : List.of("dept=Lab&dept=Fab", "dept=%21Lab")) {
      var both = section(console.get("/?group=site&" + several).body(), "live-where");
      assertFalse(both.contains("Berlin"), both);
      assertTrue(both.contains("Not told apart by this"), both);
    }
  }

  @Test
  void where_all_that_report_are_clear_the_page_says_so_and_of_when_that_is() {
    console.as("a.viewer", Role.VIEWER);
    var nowhere = section(console.get("/").body(), "live-where");
    assertFalse(nowhere.contains("reporting devices are clear"), nowhere);
    for (var i = 0; i < 30; i++) {
      reports(company.fleet.enrolled("qa-" + i, OsFamily.LINUX, "Clean"), RuleState.CLEAR);
    }
    var clear = section(console.get("/?dept=Clean").body(), "live-where");
    assertTrue(clear.contains("All 30 reporting devices are clear"), clear);
    assertTrue(clear.contains("Newest report of a scan: <span class=\"at\"><time"), clear);
    // Exempt, and who knows what it has.
    var spared = company.fleet.enrolled("qa-30", OsFamily.LINUX, "Clean");
    reports(spared, RuleState.UNKNOWN);
    exempt(spared, company.fleet.clock.instant().plus(Duration.ofDays(9)));
    assertTrue(
        console.get("/devices?dept=Clean&state=exempt&rule=claude-code").body().contains("qa-30"));
    var one = section(console.get("/?dept=Clean").body(), "live-where");
    assertFalse(one.contains("reporting devices are clear"), one);
    exempt(spared, null);
    var unsure = section(console.get("/?dept=Clean").body(), "live-where");
    assertFalse(unsure.contains("reporting devices are clear"), unsure);
  }

  @Test
  void who_sees_other_departments_alone_is_told_of_no_site_of_this_one() throws Exception {
    listed();
    console.within("R&D platform", "part", Role.VIEWER);
    for (var path : List.of("/?group=site", "/?group=manager", "/devices?site=Berlin")) {
      var page = console.get(path).body();
      assertFalse(page.contains("Mia") || page.contains("lab-") || page.contains("Plant"), page);
    }
    assertTrue(console.get("/api/v1/devices?site=Berlin").body().startsWith("{\"total\":0"));
  }

  private void exempt(SimulatedDevice device, @Nullable Instant until) {
    company.fleet.database.write(connection -> {
      Counted.recounted(
          connection,
          List.of(device.id()),
          () ->
              Sql.update(
                  connection,
                  "update rule_state set exempt_until = ? where device_id = ?",
                  until == null ? null : until.toEpochMilli(),
                  device.id().value()));
      return null;
    });
  }

  private void ring(String ring, List<String> devices) {
    var ids = devices.stream().map(DeviceId::new).toList();
    company.fleet.database.write(connection -> {
      Counted.recounted(
          connection,
          ids,
          () -> {
            for (var device : devices) {
              Sql.update(
                  connection, "update device set ring = ? where device_id = ?", ring, device);
            }
          });
      return null;
    });
  }
}
