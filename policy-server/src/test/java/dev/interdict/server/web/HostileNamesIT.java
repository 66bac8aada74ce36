package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.fleet.SimulatedDevice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names come from machines and people we do not trust; whatever they hold stays text.
class HostileNamesIT {
  private static final String EVIL = "\"'><img src=x onerror=alert(1)>{0}&amp;${1}";

  @TempDir static Path folder;
  private static HostileCompany company;
  private static ConsoleServer console;
  private static SimulatedDevice device;

  @BeforeAll
  static void open() {
    company = new HostileCompany(folder, EVIL);
    console = company.console;
    device = company.device;
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/rules",
        "/rules/claude-code",
        "/devices",
        "/devices?rule=claude-code&state=failed",
        "DEVICE"
      })
  void every_page_shows_them_as_text(String path) {
    var page = console.get(path.equals("DEVICE") ? "/devices/" + device.id() : path);
    assertEquals(200, page.statusCode());
    assertFalse(page.body().contains("<img"), page.body());
    assertFalse(page.body().contains("\"'>"), page.body());
    assertTrue(page.body().contains("&lt;img src=x onerror=alert(1)&gt;"), path);
  }

  @Test
  void each_kind_of_name_is_shown_where_it_belongs() {
    var overview = console.get("/").body();
    for (var kind : List.of("N", "H", "D", "S", "B", "P")) {
      assertTrue(
          overview.contains(kind + "&#34;&#39;&gt;") || overview.contains(kind + "\"'&gt;"), kind);
    }
    var page = console.get("/devices/" + device.id()).body();
    for (var kind : List.of("H", "D", "S", "I", "V", "L", "A", "G", "N", "U", "O")) {
      assertTrue(page.contains(kind + "&#34;&#39;&gt;") || page.contains(kind + "\"'&gt;"), kind);
    }
  }

  @Test
  void what_stands_in_the_address_stays_text_too() {
    var evil = ConsoleServer.encoded(EVIL);
    for (var path :
        List.of(
            "/devices?q=" + evil,
            "/devices?rule=claude-code&detector=" + evil,
            "/devices?dept=" + evil,
            "/devices?rule=" + evil,
            "/devices?" + evil + "=" + evil,
            "/?lang=" + evil,
            "/login?to=" + evil)) {
      var page = console.get(path);
      assertFalse(page.body().contains("<img"), path);
      assertTrue(page.statusCode() < 500, path);
    }
  }

  @Test
  void a_page_mark_made_of_a_hostile_name_leads_on() {
    var first = console.get("/devices").body();
    var start = first.indexOf("href=\"", first.indexOf("class=\"pages\"")) + 6;
    var next = console.get(first.substring(start, first.indexOf('"', start)).replace("&amp;", "&"));
    assertEquals(200, next.statusCode());
    assertTrue(next.body().contains("11 on this page, 61 in all"), next.body());
  }
}
