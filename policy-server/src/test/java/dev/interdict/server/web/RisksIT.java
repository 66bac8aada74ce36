package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Role;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The risk register by forms alone.
class RisksIT {
  private static final String ENTRY = "/risks/claude-code";

  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;

  @BeforeEach
  void open() {
    company = new SampleCompany(folder).filled(3).published();
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
    console.as("anna", Role.AUTHOR);
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

  private java.net.http.HttpResponse<String> write(String page, String review, String summary) {
    return console.submit(
        page,
        "putRisk",
        "name=Claude+Code&risk=high&reviewers=Li+Na%0AWei+Zhang&evidence="
            + ConsoleServer.encoded("https://example.com/a\r\nhttps://example.com/b")
            + "&review="
            + review
            + "&summary="
            + ConsoleServer.encoded(summary));
  }

  private String day(int years) {
    var now = company.fleet.clock.instant().atZone(java.time.ZoneOffset.UTC);
    return now.toLocalDate().plusYears(years).toString();
  }

  @Test
  void a_rule_without_an_entry_gets_one_and_the_next_version_of_it() {
    assertTrue(page("/risks").contains("href=\"/risks/claude-code\""), page("/risks"));
    assertTrue(page(ENTRY).contains("Not in the register yet"));
    var written = write(ENTRY, day(1), "Found by <b>us</b>.");
    assertEquals(303, written.statusCode(), written.body());
    assertEquals(ENTRY, written.headers().firstValue("Location").orElseThrow());
    var entry = page(ENTRY);
    assertTrue(entry.contains("Found by &lt;b&gt;us&lt;/b&gt;."), entry);
    assertTrue(entry.contains("href=\"https://example.com/b\" rel=\"noreferrer noopener\""), entry);
    assertTrue(entry.contains("href=\"/rules/claude-code\""), entry);
    assertEquals(303, write(ENTRY, day(2), "Judged again.").statusCode());
    var list = page("/risks");
    assertTrue(list.contains(">1 entry<") && list.contains(day(2)), list);
    assertFalse(list.contains("review overdue"), list);
  }

  @Test
  void an_overdue_review_waits_on_the_overview_and_leads_to_its_list() {
    assertFalse(page("/").contains("/risks?overdue=true"));
    assertEquals(303, write(ENTRY, day(-1), "Judged long ago.").statusCode());
    assertEquals(303, write("/risks/anthropic", day(1), "Everything of it.").statusCode());
    assertTrue(page("/").contains("href=\"/risks?overdue=true\""), page("/"));
    var overdue = page("/risks?overdue=true");
    assertTrue(overdue.contains("href=\"/risks/claude-code\""), overdue);
    assertFalse(overdue.contains("href=\"/risks/anthropic\""), overdue);
    assertTrue(page(ENTRY).contains("review it, and write the next version"));
  }

  @Test
  void a_rule_stands_on_its_own_entry_or_else_on_that_of_its_family_and_on_one_alone() {
    assertEquals(303, write("/risks/anthropic", day(1), "Everything of it.").statusCode());
    var rule = "href=\"/rules/claude-code\"";
    assertTrue(page("/risks/anthropic").contains(rule));
    assertEquals(303, write(ENTRY, day(1), "This one.").statusCode());
    assertFalse(page("/risks/anthropic").contains(rule), page("/risks/anthropic"));
    assertTrue(page(ENTRY).contains(rule));
    assertEquals(2, page("/risks").split(rule, -1).length, page("/risks"));
  }

  private static List<String> rules(String page) {
    return Pattern.compile("<td class=\"keep\"><b><a href=\"/rules/([^\"]+)\"")
        .matcher(page)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /// The first column of the file that a page of rules offers.
  private List<String> exported(String page) {
    var href = Pattern.compile("data-export href=\"([^\"]+)\"").matcher(page);
    assertTrue(href.find(), page);
    var answer = console.get(href.group(1).replace("&amp;", "&"));
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body().lines().skip(1).map(line -> line.split(",", -1)[0]).toList();
  }

  private void owned(String entry, String owner, String contact) {
    var written =
        console.submit(
            entry,
            "putRisk",
            "name=Claude+Code&risk=high&reviewers=Li+Na&evidence=https://example.com/&summary=Found."
                + "&review="
                + day(1)
                + "&owner="
                + ConsoleServer.encoded(owner)
                + "&contact="
                + ConsoleServer.encoded(contact));
    assertEquals(303, written.statusCode(), written.body());
  }

  @Test
  void an_owner_stands_beside_a_rule_and_narrows_and_orders_page_api_and_file_alike() {
    var all = rules(page("/rules"));
    assertTrue(all.size() > 1 && all.contains("claude-code"), all.toString());
    assertTrue(page("/rules").contains("href=\"/risks/claude-code\" aria-label=\"Name an owner"));
    owned(ENTRY, "Endpoint <team>", "endpoint@hailan.example");
    for (var path : List.of("/rules", "/rules/claude-code")) {
      var shown = page(path);
      assertTrue(shown.contains("<a href=\"/risks/claude-code\">Endpoint &lt;team&gt;</a>"), shown);
      assertTrue(shown.contains("href=\"mailto:endpoint@hailan.example\""), shown);
    }
    var others = all.stream().filter(rule -> !rule.equals("claude-code")).toList();
    var asked =
        Map.of(
            "", all,
            "?owner=Endpoint+%3Cteam%3E", List.of("claude-code"),
            "?owner=%21Endpoint+%3Cteam%3E", others,
            "?owner=-", others,
            "?owner=Nobody", List.<String>of());
    asked.forEach((query, rules) -> {
      var shown = page("/rules" + query);
      assertEquals(rules, rules(shown), query);
      assertEquals(rules, exported(shown), query);
    });
    assertTrue(page("/rules?owner=-").contains(">Owner: nobody is named"), page("/rules?owner=-"));
    assertEquals("claude-code", rules(page("/rules?sort=owner")).getFirst());
    assertEquals("claude-code", rules(page("/rules?sort=-owner")).getLast());
    assertEquals(rules(page("/rules?sort=-owner")), exported(page("/rules?sort=-owner")));
    assertEquals(400, console.get("/rules?sort=colour").statusCode());
    // A newer server of the same database may know more of an entry.
    company.fleet.database.write(connection ->
        Sql.update(
            connection,
            "update risk_entry set document = replace(document, '{', '{\"later\":1,')"));
    assertEquals("claude-code", rules(page("/rules?sort=owner")).getFirst());
    owned(ENTRY, "", "");
    assertEquals(all, rules(page("/rules?owner=-")));
  }

  @Test
  void a_reader_is_told_that_nobody_is_named_and_not_where_to_name_somebody() {
    console.as("gao", Role.VIEWER);
    assertTrue(page("/rules").contains("nobody is named"));
    assertFalse(page("/rules").contains("/risks/claude-code"));
    assertFalse(page("/rules/claude-code").contains("/risks/claude-code"));
  }

  @Test
  void a_contact_without_an_owner_is_refused() {
    var refused =
        console.submit(
            ENTRY,
            "putRisk",
            "name=Claude+Code&risk=high&reviewers=Li+Na&evidence=https://example.com/&review="
                + day(1)
                + "&summary=Typed&contact=somebody");
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("name the owner as well"), refused.body());
  }

  @Test
  void what_does_not_fit_stands_beside_its_field_and_nothing_is_lost() {
    var refused =
        console.submit(
            ENTRY,
            "putRisk",
            "name=Claude+Code&risk=high&reviewers=Li+Na&evidence=javascript:alert(1)&review="
                + day(1)
                + "&summary=Typed+with+care");
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("links that begin with https://"), refused.body());
    assertTrue(refused.body().contains("Typed with care"));
    assertTrue(page(ENTRY).contains("Not in the register yet"));
  }

  @Test
  void somebody_who_was_faster_is_not_overwritten() {
    var slower = PageForm.of(page(ENTRY), "putRisk");
    assertEquals(303, write(ENTRY, day(1), "First.").statusCode());
    var answer =
        slower.send(
            console,
            "name=a&risk=low&reviewers=b&evidence=https://example.com/&review="
                + day(1)
                + "&summary=Second.");
    assertEquals(412, answer.statusCode());
    assertTrue(page(ENTRY).contains("First."));
  }

  @Test
  void a_reader_sees_entries_and_is_offered_no_form() {
    write(ENTRY, day(1), "Found.");
    console.as("gao", Role.VIEWER);
    assertTrue(page(ENTRY).contains("Found."));
    assertFalse(PageForm.isOn(page(ENTRY), "putRisk"));
    assertFalse(page("/").contains("/risks?overdue=true"));
    assertEquals(404, console.get("/risks/anthropic").statusCode());
    assertEquals(404, console.get("/risks/No-Id").statusCode());
  }

  @Test
  void a_new_entry_begins_with_its_id() {
    assertTrue(PageForm.isOn(page("/risks?entry=anthropic"), "putRisk"));
    var bad = page("/risks?entry=Not%20an%20id");
    assertFalse(PageForm.isOn(bad, "putRisk"));
    assertTrue(bad.contains("value=\"Not an id\"") && bad.contains("aria-invalid"), bad);
  }
}
