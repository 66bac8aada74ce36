package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.store.Sql;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeedsIT {
  @TempDir static Path folder;
  private static SampleCompany company;
  private static ConsoleServer console;
  private static int people;

  @BeforeAll
  static void open() {
    company = new SampleCompany(folder).filled(150);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
  }

  @BeforeEach
  void helpdesk() {
    console.as("wei.zhang-" + people++, Role.HELPDESK);
  }

  @AfterAll
  static void close() {
    console.close();
    company.close();
  }

  /// The page of the first removal that needs hands.
  private String item() {
    var list = console.get("/queue").body();
    var start = list.indexOf("href=\"/queue/") + 6;
    assertTrue(start > 6, list);
    return list.substring(start, list.indexOf('"', start));
  }

  private String deed(String operation, String item) {
    var parts = item.split("/");
    return "/do/" + operation + "?device=" + parts[2] + "&rule=" + parts[3];
  }

  private String form(String item, String fields) {
    return "csrf=" + console.csrf() + "&_back=" + ConsoleServer.encoded(item) + fields;
  }

  @Test
  void a_form_does_what_it_says_and_leads_back_where_that_is_told_once() {
    var item = item();
    var answer = console.post(deed("commentQueueItem", item), form(item, "&text=Called+Zhao"));
    assertEquals(303, answer.statusCode(), answer.body());
    assertEquals(item, answer.headers().firstValue("Location").orElseThrow());
    var told = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(told.startsWith("done=commentQueueItem;"), told);
    var page = console.get(item, "Cookie", console.cookie() + "; done=commentQueueItem");
    assertTrue(page.body().contains("The comment is kept."));
    assertTrue(page.body().contains("Called Zhao"));
    assertTrue(page.headers().allValues("Set-Cookie").toString().contains("done=;"));
    assertFalse(console.get(item).body().contains("The comment is kept."));
  }

  @Test
  void what_is_refused_stays_on_the_page_with_all_that_was_typed() {
    var item = item();
    var answer = console.post(deed("assignQueueItem", item), form(item, "&owner=<nobody>"));
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("Something in the form has to change"), answer.body());
    assertTrue(answer.body().contains("value=\"&lt;nobody>"), answer.body());
    assertTrue(answer.body().contains("may sign in"));
    assertFalse(answer.body().contains("<nobody>"));
  }

  @Test
  void only_an_address_of_the_web_becomes_a_link() {
    var item = item();
    var ticket = "https://tickets.example/browse/IT-7?a=1&b=2";
    for (var text :
        List.of("javascript:alert(1)", "https://it@evil.example/", "//evil.example", "IT-7")) {
      assertEquals(
          303,
          console
              .post(
                  deed("linkQueueItem", item), form(item, "&ticket=" + ConsoleServer.encoded(text)))
              .statusCode());
      var page = console.get(item).body();
      assertTrue(page.contains("<span class=\"words\">" + text + "</span>"), page);
      assertFalse(page.contains("href=\"" + text), page);
    }
    console.post(
        deed("linkQueueItem", item), form(item, "&ticket=" + ConsoleServer.encoded(ticket)));
    var link =
        "<a href=\"https://tickets.example/browse/IT-7?a=1&amp;b=2\" rel=\"noreferrer noopener\"";
    assertTrue(console.get(item).body().contains(link));
    assertTrue(console.get("/queue").body().contains(link));
    console.post(deed("linkQueueItem", item), form(item, "&ticket="));
    assertFalse(console.get("/queue").body().contains(link));
  }

  @Test
  void a_form_that_is_sent_twice_is_done_once() {
    var item = item();
    var form = form(item, "&text=Once&_once=0123456789abcdef");
    console.post(deed("commentQueueItem", item), form);
    assertEquals(303, console.post(deed("commentQueueItem", item), form).statusCode());
    assertEquals(1, console.get(item).body().split("<p>Once</p>", -1).length - 1);
  }

  @Test
  void nobody_does_more_than_over_the_api() {
    var item = item();
    console.as("a.viewer", Role.VIEWER);
    assertFalse(console.get(item).body().contains("/do/"));
    var answer = console.post(deed("commentQueueItem", item), form(item, "&text=Hello"));
    assertEquals(403, answer.statusCode());
    assertTrue(answer.body().contains("Your account may not do this. Nothing was changed."));
    assertFalse(console.get(item).body().contains("Hello"));
  }

  @Test
  void a_form_of_another_page_or_without_its_token_does_nothing() {
    var item = item();
    var form = form(item, "&text=Forged");
    assertEquals(403, console.postFromElsewhere(deed("commentQueueItem", item), form).statusCode());
    var without = form.replaceFirst("csrf=[^&]*&", "");
    assertEquals(403, console.post(deed("commentQueueItem", item), without).statusCode());
    assertFalse(console.get(item).body().contains("Forged"));
  }

  @Test
  void it_leads_nowhere_else_and_does_nothing_that_is_no_operation() {
    var item = item();
    var away = form("https://evil.example/", "&text=Away");
    var answer = console.post(deed("commentQueueItem", item), away);
    assertEquals("/", answer.headers().firstValue("Location").orElseThrow());
    assertEquals(404, console.post("/do/commentEverything", form(item, "&text=x")).statusCode());
    assertEquals(404, console.post("/do/getQueueItem", form(item, "")).statusCode());
    var unknown = console.post(deed("commentQueueItem", item), form(item, "&text=x&txet=y"));
    assertEquals(422, unknown.statusCode());
    assertTrue(unknown.body().contains("txet"));
  }

  @Test
  void who_has_to_prove_who_they_are_does_so_in_between_and_loses_nothing() {
    console.as("an.admin", Role.AUDITOR);
    company.fleet.clock.move(Gate.RECENTLY.plusSeconds(1));
    var asked = console.get("/export/exportAudit?format=csv&actor=tester");
    assertTrue(asked.body().contains("Is it you?"), asked.body());
    var back = ConsoleServer.encoded("/export/exportAudit?format=csv&actor=tester");
    var form = "csrf=" + console.csrf() + "&_back=" + back + "&_proof=";
    var wrong = console.post("/prove", form + "wrong");
    assertEquals(403, wrong.statusCode());
    assertTrue(wrong.body().contains("not the right password"));
    var right = console.post("/prove", form + ConsoleServer.encoded(ConsoleServer.PASSWORD));
    assertEquals(303, right.statusCode());
    assertEquals(
        "/export/exportAudit?format=csv&actor=tester",
        right.headers().firstValue("Location").orElseThrow());
    console.follow(right);
    assertTrue(
        console.get("/export/exportAudit?format=csv&actor=tester").body().startsWith("seq,"));
  }

  /// How many files were made so far, this one included.
  private static int exports() {
    var file = console.get("/export/exportAudit?format=csv");
    assertEquals(200, file.statusCode());
    return file.body().split(",export", -1).length - 1;
  }

  @Test
  void the_head_of_a_file_makes_none_and_is_not_counted() {
    console.as("au.ditor", Role.AUDITOR);
    var before = exports();
    for (var i = 0; i < 5; i++) {
      assertEquals(200, console.head("/export/exportAudit?format=csv").statusCode());
    }
    assertEquals(before + 1, exports());
  }

  @Test
  void who_proved_who_they_are_stays_signed_in_though_the_deed_fails() {
    var item = item();
    var proof = "&text=Lost&_proof=" + ConsoleServer.encoded(ConsoleServer.PASSWORD);
    var form = form(item, proof);
    HttpResponse<String> failed;
    rename("failure_comment", "failure_comment_gone");
    try {
      failed = console.post(deed("commentQueueItem", item), form);
    } finally {
      rename("failure_comment_gone", "failure_comment");
    }
    assertEquals(500, failed.statusCode(), failed.body());
    console.follow(failed);
    assertEquals(200, console.get(item).statusCode());
  }

  private static void rename(String table, String name) {
    company.fleet.database.write(
        connection -> Sql.update(connection, "alter table " + table + " rename to " + name));
  }

  @Test
  void a_page_that_somebody_may_not_see_is_not_offered_and_says_so() {
    assertFalse(console.get("/").body().contains("href=\"/audit\""));
    var refused = console.get("/audit");
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("None of the roles of your account"));
    assertTrue(refused.body().contains("href=\"/queue\""));
  }

  @Test
  void the_queue_is_narrowed_and_ordered_by_its_address() {
    var all = queued("/queue");
    assertFalse(all.isEmpty());
    assertEquals(Set.copyOf(all), Set.copyOf(queued("/queue?sort=-since")));
    assertEquals(400, console.get("/queue?sort=no-such-order").statusCode());
    assertEquals(List.of(), queued("/queue?ring=no-such-ring"));
    assertEquals(List.of(), queued("/queue?q=no-such-host"));
  }

  private List<String> queued(String path) {
    var page = console.get(path);
    assertEquals(200, page.statusCode(), path);
    return Pattern.compile("href=\"(/queue/[0-9a-f]{32}/[^\"]+)\"")
        .matcher(page.body())
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
