package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.History;
import dev.interdict.server.csv.CsvReader;
import dev.interdict.server.csv.CsvRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
            "<tr><td>([^<]*)</td>\\s*<td class=\"r\"><a [^>]*>([0-9,]+)</a></td>\\s*<td class=\"r"
                + " keep\"><b><a [^>]*>([0-9,]+)</a>");
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
}
