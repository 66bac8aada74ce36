package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Blocklist;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
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
  @ValueSource(strings = {"/", "/rules", "/rules/claude-code"})
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
    // What the API answers is not here.
    links.removeIf(link -> link.startsWith("/api/"));
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
        console
            .get("/", "Accept-Language", "fr, en;q=0.5")
            .body()
            .contains("<html lang=\"en\""));
    assertTrue(console.get("/", "Accept-Language", ";;;").body().contains("<html lang=\"en\""));
    var chosen = console.get("/?lang=zh-CN");
    assertTrue(chosen.body().contains("<html lang=\"zh-CN\""));
    assertTrue(chosen.headers().firstValue("Set-Cookie").orElse("").startsWith("lang=zh-CN;"));
    assertTrue(console.get("/?lang=xx").body().contains("<html lang=\"en\""));
  }

  @Test
  void every_page_fits_its_budget_and_assets_are_kept_for_ever() throws IOException {
    for (var path : List.of("/", "/rules", "/rules/claude-code", "/devices?rule=claude-code")) {
      assertTrue(packed(console.get(path).body()) <= 30 << 10, path);
    }
    var assets = Pattern.compile("(/assets/[^\"]+)\"").matcher(console.get("/").body());
    var found = 0;
    while (assets.find()) {
      var asset = console.get(assets.group(1));
      assertEquals(
          "public, max-age=31536000, immutable",
          asset.headers().firstValue("Cache-Control").orElse(""));
      assertTrue(packed(asset.body()) <= 12 << 10, assets.group(1));
      found++;
    }
    assertEquals(3, found);
    assertEquals(404, console.get("/assets/console.css").statusCode());
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
    assertTrue(matcher.find(), "no total");
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

  private static int packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return bytes.size();
  }
}
