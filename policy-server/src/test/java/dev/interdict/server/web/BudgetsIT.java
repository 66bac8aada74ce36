package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a page may weigh, packed: HTML 30 KB, styles 12 KB, scripts 25 KB, and nothing of anybody
/// else's.
@Tag("any-database")
class BudgetsIT {
  private static final int KB = 1024;
  private static final Pattern LOADED =
      Pattern.compile("<(?:script|link|img|source|iframe)[^>]*\\s(?:src|href)=\"([^\"]*)\"");

  @TempDir static Path folder;
  private static SampleCompany company;
  private static ConsoleServer console;

  @BeforeAll
  static void open() {
    company = new SampleCompany(folder).filled(80);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist).signedIn();
    // Who may do everything sees everything.
    console.as("quan.neng", Role.values());
    Everywhere.furnish(console);
  }

  @AfterAll
  static void close() {
    console.close();
    company.close();
  }

  @Test
  void every_page_fits_its_budget() throws IOException {
    for (var address : Everywhere.withTabs(console)) {
      for (var language : Set.of("en", "zh-CN")) {
        var page = console.get(address, "Accept-Language", language).body();
        assertTrue(packed(page) <= 30 * KB, () -> address + " is " + packed(page) + " bytes");
        var styles = 0;
        var scripts = 0;
        for (var asset : loaded(page)) {
          assertTrue(asset.startsWith(Assets.PREFIX), asset);
          var bytes = packed(console.get(asset).body());
          if (asset.endsWith(".css")) {
            styles += bytes;
          } else if (asset.endsWith(".js")) {
            scripts += bytes;
          }
        }
        assertTrue(styles > KB && styles <= 12 * KB, address + " styles: " + styles);
        assertTrue(scripts > KB && scripts <= 25 * KB, address + " scripts: " + scripts);
      }
    }
  }

  @Test
  void every_link_leads_somewhere() {
    assertEquals(Map.of(), Everywhere.broken(console));
  }

  @Test
  void assets_are_kept_for_ever_and_packed_for_whoever_unpacks() throws IOException {
    var assets = loaded(console.get("/").body());
    assertEquals(7, assets.size(), assets.toString());
    for (var asset : assets) {
      var plain = console.get(asset);
      assertEquals(
          "public, max-age=31536000, immutable",
          plain.headers().firstValue("Cache-Control").orElse(""));
      assertEquals("", plain.headers().firstValue("Content-Encoding").orElse(""));
      var packed = console.get(asset, "Accept-Encoding", "gzip, br");
      assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
      assertTrue(packed.body().length() < plain.body().length());
    }
    assertEquals(404, console.get("/assets/console.css").statusCode());
    // A page carries a secret beside what others wrote; packed, its length would tell of it.
    var page = console.get("/", "Accept-Encoding", "gzip");
    assertEquals("", page.headers().firstValue("Content-Encoding").orElse(""));
  }

  @Test
  void the_library_is_the_published_one() throws Exception {
    try (var in = Assets.class.getResourceAsStream("assets/htmx.js");
        var licence = Assets.class.getResourceAsStream("assets/htmx.LICENSE")) {
      var hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      assertEquals(
          "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
          HexFormat.of().formatHex(hash));
      var text = new String(licence.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.startsWith("Zero-Clause BSD"));
    }
  }

  /// What a browser fetches for a page, each once.
  private static Set<String> loaded(String page) {
    var loaded = new HashSet<String>();
    var matcher = LOADED.matcher(page);
    while (matcher.find()) {
      assertEquals(null, URI.create(matcher.group(1)).getHost(), matcher.group());
      loaded.add(matcher.group(1));
    }
    return loaded;
  }

  private static int packed(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.size();
  }
}
