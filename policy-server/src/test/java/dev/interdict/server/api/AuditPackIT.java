package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.csv.CsvReader;
import dev.interdict.server.csv.CsvRecord;
import dev.interdict.server.pdf.PdfText;
import dev.interdict.server.store.Secrets;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPackIT {
  private static final String PACK = "/api/v1/exports/audit-pack";

  /// Over at the time of the tests, by the company's own zone.
  private static final String TEN_DAYS =
      PACK + "?rule=some-tool&from=2026-07-01&to=2026-07-10&tz=Asia/Shanghai";

  @TempDir static Path folder;
  private static AuditedMonth month;
  private static Client audrey;

  @BeforeAll
  static void live() throws Exception {
    month = new AuditedMonth(folder).lived();
    audrey = month.auditor();
  }

  @AfterAll
  static void stop() {
    month.close();
  }

  private static byte[] fetched(String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(audrey.request("GET", path, null), HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(
          200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
      return answer.body();
    }
  }

  private static Map<String, byte[]> files(byte[] archive) throws Exception {
    var files = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(file(files, name), StandardCharsets.UTF_8);
  }

  private static List<List<String>> rows(Map<String, byte[]> files, String name) throws Exception {
    var rows = new ArrayList<List<String>>();
    var reader = new CsvReader(new ByteArrayInputStream(file(files, name)), StandardCharsets.UTF_8);
    for (var record = reader.next(); record != null; record = reader.next()) {
      rows.add(((CsvRecord.Values) record).values());
    }
    return rows;
  }

  private static String cell(List<List<String>> rows, int row, String column) {
    return rows.get(row).get(rows.getFirst().indexOf(column));
  }

  @Test
  void everything_is_in_it_and_has_the_digest_that_is_written() throws Exception {
    var files = files(fetched(TEN_DAYS));
    var names = new ArrayList<>(files.keySet());
    assertEquals("SHA256SUMS", names.getLast());
    assertTrue(
        names.containsAll(
            Set.of(
                "README.txt",
                "report.pdf",
                "devices.csv",
                "exemptions.csv",
                "events.csv",
                "audit.csv",
                "audit.chain",
                "log-proof.json",
                "timestamp.json",
                "policies/1/bundle.json",
                "policies/2/timestamp.json")),
        names::toString);
    var sums = new StringBuilder();
    files.forEach((name, content) -> {
      if (!name.equals("SHA256SUMS")) {
        sums.append(Secrets.hash(content)).append("  ").append(name).append('\n');
      }
    });
    assertEquals(sums.toString(), text(files, "SHA256SUMS"));
  }

  @Test
  void the_same_data_are_the_same_bytes_though_the_export_itself_was_written_down()
      throws Exception {
    var first = fetched(TEN_DAYS);
    month.office.clock.move(java.time.Duration.ofMinutes(2));
    assertArrayEquals(first, fetched(TEN_DAYS));
    var log = audrey.get("/api/v1/audit?action=export").body();
    assertTrue(log.contains("export.audit-pack") && log.contains("some-tool"), log);
  }

  @Test
  void the_report_says_start_and_end_with_both_numbers_and_when_they_were_counted()
      throws Exception {
    var english = PdfText.of(file(files(fetched(TEN_DAYS)), "report.pdf"));
    for (var said :
        List.of(
            "66.7 %",
            "8 of 12 workstations",
            "counted Thu 2 Jul 2026, 08:00",
            "5 of 12 workstations",
            "counted Fri 10 Jul 2026, 08:00",
            "Qoder, https://qoder.com/",
            "At the end 1 workstations were silent, 0 cannot be scanned",
            "Removal broke a build machine",
            "File in use by a running program")) {
      assertTrue(english.replace('\n', ' ').contains(said), () -> said + " in " + english);
    }
    var chinese = PdfText.of(file(files(fetched(TEN_DAYS + "&lang=zh-CN")), "report.pdf"));
    for (var said : List.of("审计包", "期初仍有该软件", "每日状态", "期末", "迁移尚未完成")) {
      assertTrue(chinese.contains(said), () -> said + " in " + chinese);
    }
  }

  @Test
  void names_that_are_not_meant_well_are_seen_for_what_they_are() throws Exception {
    var files = files(fetched(TEN_DAYS));
    var report = PdfText.of(file(files, "report.pdf"));
    var joined = report.replace("\n", "").replace(" ", "");
    assertTrue(joined.contains("=cmd|'/Ccalc'!A0)Tj\\\\u{202e}".replace("\\\\", "\\")), report);
    assertFalse(report.contains("\u202e") || report.contains("\u0007"), report);
    for (var name : List.of("devices.csv", "exemptions.csv", "events.csv", "audit.csv")) {
      for (var row : rows(files, name)) {
        for (var value : row) {
          assertFalse(!value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0, value);
        }
      }
    }
    assertTrue(text(files, "exemptions.csv").contains("'=cmd"), text(files, "exemptions.csv"));
  }

  @Test
  void a_state_is_said_of_the_end_only_where_it_is_known() throws Exception {
    var rows = rows(files(fetched(TEN_DAYS)), "devices.csv");
    assertEquals(13, rows.size());
    for (var i = 1; i < rows.size(); i++) {
      var later = cell(rows, i, "device").equals(month.devices.get(6).id().value());
      assertEquals(later ? "" : cell(rows, i, "state-now"), cell(rows, i, "state-at-end"));
      assertEquals("some-tool", cell(rows, i, "rule"));
    }
  }

  @Test
  void an_exemption_stands_as_it_stood_with_who_decided_and_why() throws Exception {
    var rows = rows(files(fetched(TEN_DAYS)), "exemptions.csv");
    assertEquals(2, rows.size());
    assertEquals("granted", cell(rows, 1, "state"));
    assertEquals("chen", cell(rows, 1, "opened-by"));
    assertEquals("bo", cell(rows, 1, "decided-by"));
    assertTrue(cell(rows, 1, "reason").startsWith("迁移尚未完成"));
    var before =
        files(fetched(PACK + "?rule=some-tool&from=2026-07-02&to=2026-07-04&tz=Asia/Shanghai"));
    assertEquals(1, rows(before, "exemptions.csv").size());
    var after =
        files(fetched(PACK + "?rule=some-tool&from=2026-07-08&to=2026-07-09&tz=Asia/Shanghai"));
    assertEquals(2, rows(after, "exemptions.csv").size());
  }

  @Test
  void the_part_of_the_log_checks_without_the_server_and_is_of_the_period_alone() throws Exception {
    // Written down itself, after the period.
    fetched(TEN_DAYS);
    var files = files(fetched(PACK + "?from=2026-07-05&to=2026-07-07&tz=UTC"));
    var proof = Described.read(text(files, "log-proof.json"));
    var previous = head(proof, "before");
    var length = 0L;
    for (var line : text(files, "audit.chain").split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      var hash = line.substring(0, 64);
      var entry = line.substring(65);
      assertEquals(Secrets.hash(entry.getBytes(StandardCharsets.UTF_8)), hash);
      var json = Described.read(entry);
      assertEquals(previous, Described.text(Described.member(json, "previous")));
      var at = ((Json.Int) Described.member(json, "at")).value();
      assertTrue(at >= 1783209600000L && at < 1783468800000L, line);
      previous = hash;
      length++;
    }
    assertEquals(head(proof, "head"), previous);
    assertEquals(new Json.Int(length), proof.get("entries"));
    assertTrue(length >= 3);
    assertEquals(length + 1, rows(files, "audit.csv").size());
    assertTrue(text(files, "README.txt").contains("audit verify --head " + last(proof)));
  }

  private static String head(Json.Obj proof, String name) {
    return Described.text(Described.member((Json.Obj) Described.member(proof, name), "sha256"));
  }

  private static String last(Json.Obj proof) {
    var head = (Json.Obj) Described.member(proof, "head");
    return ((Json.Int) Described.member(head, "length")).value() + ":" + head(proof, "head");
  }

  @Test
  void a_list_is_there_with_what_is_signed_over_it() throws Exception {
    var files = files(fetched(TEN_DAYS));
    var bundle = Described.read(text(files, "policies/2/bundle.json"));
    assertEquals(Json.Bool.TRUE, bundle.get("in-force"));
    var sha256 = Described.text(Described.member(bundle, "sha256"));
    var list = file(files, "policies/2/targets/blocklist/" + sha256 + ".global.json");
    assertEquals(sha256, Secrets.hash(list));
    assertTrue(PdfText.of(file(files, "report.pdf")).replace("\n", "").contains(sha256));
  }

  @Test
  void what_cannot_be_told_is_refused_before_anything_is_sent() throws Exception {
    assertEquals(404, audrey.get(PACK + "?rule=other&from=2026-07-01&to=2026-07-02").statusCode());
    assertEquals(404, audrey.get(PACK + "?from=2027-07-01&to=2027-07-02").statusCode());
    for (var query :
        List.of(
            "?from=2026-07-02&to=2026-07-01",
            "?from=2024-07-02&to=2026-07-01",
            "?from=2026-07-01",
            "?from=2026-07-01&to=2026-07-02&tz=Mars/Olympus",
            "?from=2026-07-01&to=2026-07-02&lang=fr")) {
      assertEquals(400, audrey.get(PACK + query).statusCode(), query);
    }
    assertEquals(200, audrey.plain("HEAD", PACK + "?from=2026-07-01&to=2026-07-02").statusCode());
  }

  @Test
  void every_employee_whose_machine_is_in_it_is_told() throws Exception {
    fetched(TEN_DAYS);
    var looks = month.office.parts().looks();
    for (var device : month.devices) {
      assertTrue(
          looks.newest(device.id(), 50).stream().anyMatch(look -> look.who().equals("audrey")));
    }
  }
}
