package dev.interdict.server.cli.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.draft.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Exports of other products, in the forms that these document.
class ImportTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  @TempDir Path folder;

  private static byte[] sample(String name) throws IOException {
    try (var in = ImportTest.class.getResourceAsStream(name)) {
      assertTrue(in != null, name);
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Each sketch as `name: enforcement matcher matcher`.
  private static List<String> sketches(Found found) {
    return found.sketches().stream()
        .map(one ->
            one.name()
                + ": "
                + one.enforcement()
                + " "
                + String.join(" ", one.match().stream().map(JsonWriter::line).toList()))
        .toList();
  }

  private static List<String> left(Found found) {
    return found.left().stream().map(Found.Left::what).toList();
  }

  /// What comes of a sample is a rule that lint has no error of.
  private static void assertLintTakes(Found found) {
    var naming = new RuleFile.Naming("it");
    for (var sketch : found.sketches()) {
      var file = RuleFile.of(sketch, naming.id(sketch.name()), "a product", NOW);
      var reading = YamlFile.read(file.id() + ".yaml", bytes(file.content()));
      var result = new Lint(NOW, Map.of()).check(List.of(reading));
      assertTrue(result.publishable(), () -> result.findings() + file.content());
    }
  }

  @Test
  void digests_of_santa_are_taken_over_and_all_else_is_listed() throws Exception {
    var found = new Santa().read(sample("santa-export.json"));
    assertEquals(
        List.of(
            "Example Torrent: block {\"program\":{\"sha256\":[\""
                + "a".repeat(64)
                + "\",\""
                + "b".repeat(64)
                + "\"]}}",
            "Program c0c0c0c0c0c0: block {\"program\":{\"sha256\":[\"" + "c0".repeat(32) + "\"]}}"),
        sketches(found));
    assertEquals(9, found.left().size(), () -> found.left().toString());
    assertLintTakes(found);
  }

  @Test
  void a_profile_of_santa_is_read_although_it_names_a_dtd() throws Exception {
    var found = new Santa().read(sample("santa-static.mobileconfig"));
    assertEquals(1, found.sketches().size());
    assertEquals(
        List.of("Santa told: Not at work & not at home"), found.sketches().getFirst().notes());
    assertEquals(List.of("rule 2 TEAMID ZMCG7MLDV9"), left(found));
  }

  private static String rule(String sha256, String policy, String more) {
    return "{\"identifier\":\"%s\",\"rule_type\":\"BINARY\",\"policy\":\"%s\"%s}"
        .formatted(sha256, policy, more);
  }

  @Test
  void the_last_rule_of_a_program_counts_as_it_does_in_santa() {
    var allowed = "a".repeat(64);
    var removed = "b".repeat(64);
    var banned = "c".repeat(64);
    var found =
        new Santa()
            .read(
                bytes(
                    "["
                        + String.join(
                            ",",
                            rule(allowed, "BLOCKLIST", ""),
                            rule(removed, "BLOCKLIST", ""),
                            rule(banned, "ALLOWLIST", ""),
                            rule(allowed.toUpperCase(Locale.ROOT), "ALLOWLIST", ""),
                            rule(removed, "REMOVE", ""),
                            rule(banned, "BLOCKLIST", ""))
                        + "]"));
    assertEquals(
        List.of("Program cccccccccccc: block {\"program\":{\"sha256\":[\"" + banned + "\"]}}"),
        sketches(found));
    assertEquals(
        List.of(
            "rule 1 BINARY " + allowed,
            "rule 2 BINARY " + removed,
            "rule 3 BINARY " + banned,
            "rule 4 BINARY " + allowed,
            "rule 5 BINARY " + removed),
        left(found).stream().sorted().toList());
    assertTrue(found.left().getFirst().why().contains("rule 4"), () -> found.left().toString());
  }

  @Test
  void a_message_that_all_bans_share_makes_no_one_rule_of_them() {
    var message = ",\"custom_msg\":\"Ask the service desk\"";
    var found =
        new Santa()
            .read(
                bytes(
                    "{\"rules\":["
                        + rule("a".repeat(64), "BLOCKLIST", message)
                        + ","
                        + rule("b".repeat(64), "BLOCKLIST", message)
                        + "]}"));
    assertEquals(
        List.of("Program aaaaaaaaaaaa", "Program bbbbbbbbbbbb"),
        found.sketches().stream().map(Found.Sketch::name).toList());
    assertEquals(List.of("Santa told: Ask the service desk"), found.sketches().getLast().notes());
  }

  @Test
  void every_payload_of_a_profile_is_read() {
    var payload =
        "<dict><key>StaticRules</key><array><dict><key>identifier</key><string>%s</string>"
            + "<key>rule_type</key><string>BINARY</string><key>policy</key>"
            + "<string>BLOCKLIST</string></dict></array></dict>";
    var found =
        new Santa()
            .read(
                bytes(
                    "<plist><dict><key>PayloadContent</key><array>"
                        + payload.formatted("a".repeat(64))
                        + payload.formatted("b".repeat(64))
                        + "</array></dict></plist>"));
    assertEquals(
        List.of("Program aaaaaaaaaaaa", "Program bbbbbbbbbbbb"),
        found.sketches().stream().map(Found.Sketch::name).toList());
  }

  @Test
  void a_process_name_of_jamf_looks_only_and_says_why() throws Exception {
    var xml = new Jamf().read(sample("jamf-one.xml"));
    assertEquals(
        List.of(
            "Steam: observe"
                + " {\"program\":{\"system\":\"/Applications/steam_osx.app/Contents/MacOS/steam_osx\"}}"
                + " {\"program\":{\"home\":\"Applications/steam_osx.app/Contents/MacOS/steam_osx\"}}"),
        sketches(xml));
    var notes = String.join("\n", xml.sketches().getFirst().notes());
    assertTrue(notes.contains("proves nothing"), notes);
    assertTrue(notes.contains("scope in Jamf is not all computers"), notes);
    assertTrue(notes.contains("excludes some"), notes);
    var json = new Jamf().read(sample("jamf.json"));
    assertTrue(
        sketches(json).getFirst().contains("/Applications/Install macOS Sonoma.app/**"),
        json::toString);
    assertFalse(json.sketches().getFirst().notes().toString().contains("excludes some"));
    assertLintTakes(xml);
    assertLintTakes(json);
  }

  @Test
  void policies_of_fleet_that_ban_are_taken_over_and_those_that_ask_for_something_are_not()
      throws Exception {
    var found = new Fleet().read(sample("fleet-gitops.yml"));
    assertEquals(
        List.of(
            "Example Torrent is not installed: observe"
                + " {\"application\":{\"macos\":\"com.example.torrent\"}}",
            "Bad packages: observe {\"package\":\"pkg:npm/event-stream\"}"
                + " {\"package\":\"pkg:npm/%40example/tool\"}"),
        sketches(found));
    assertEquals(
        List.of(
            "Company VPN is installed",
            "No old Chrome",
            "Nothing called torrent",
            "No Example on Windows",
            "Disk is encrypted"),
        left(found));
    assertLintTakes(found);
    var applied = new Fleet().read(sample("fleet-apply.yml"));
    assertEquals(
        List.of(
            "Unwanted editor extension: observe {\"extension\":{\"vscode\":\"example.tool\"}}",
            "MSI of Example: observe {\"application\":{\"windows-uninstall\":"
                + "\"{0F2A7C3E-0000-4000-8000-0123456789AB}\"}}"),
        sketches(applied));
    assertLintTakes(applied);
  }

  @Test
  void a_pack_of_osquery_is_read() throws Exception {
    var found = new Fleet().read(sample("osquery-pack.json"));
    assertEquals(
        List.of(
            "telnetd: observe {\"package\":\"pkg:deb/telnetd\"}"
                + " {\"package\":\"pkg:deb/inetutils-telnetd\"}",
            "pip: observe {\"package\":\"pkg:pypi/example_tool\"}"),
        sketches(found));
    assertEquals(List.of("joined"), left(found));
    assertLintTakes(found);
  }

  /// The systems of a pack's one query on npm's packages; null where it is left out.
  private static @Nullable List<String> systems(String pack, String query) {
    var found =
        new Fleet()
            .read(
                bytes(
                    """
                    {"platform": "%s", "queries": {"it": {"platform": "%s", "query":
                      "SELECT name FROM npm_packages WHERE name = 'event-stream'"}}}
                    """
                        .formatted(pack, query)));
    assertEquals(1, found.sketches().size() + found.left().size());
    return found.sketches().isEmpty() ? null : found.sketches().getFirst().os();
  }

  @Test
  void a_rule_looks_on_no_other_systems_than_the_query_did() {
    assertEquals(List.of(), systems("", ""));
    assertEquals(List.of(), systems("any", "darwin, linux,windows"));
    assertEquals(List.of("macos"), systems("", "darwin"));
    assertEquals(List.of("linux"), systems("linux", ""));
    assertEquals(List.of("linux", "macos"), systems("", "posix"));
    assertEquals(List.of("macos"), systems("posix", "darwin,windows"));
    assertEquals(List.of("windows"), systems("", "ubuntu,windows"));
    assertEquals(null, systems("", "ubuntu"));
    assertEquals(null, systems("windows", "darwin"));
    var elsewhere =
        new Fleet()
            .read(
                bytes(
                    "policies: [{name: it, platform: windows, query: \"SELECT 1 WHERE NOT EXISTS"
                        + " (SELECT 1 FROM deb_packages WHERE name = 'telnetd')\"}]"));
    assertEquals(List.of("it"), left(elsewhere));
  }

  @Test
  void a_long_literal_is_read_and_no_character_ends_a_query_early() {
    var query = "SELECT 1 FROM apps WHERE bundle_identifier = '%s'";
    var literal = "ab''".repeat(4_900);
    var read = Sql.read(query.formatted(literal));
    assertEquals(List.of(literal.replace("''", "'")), read == null ? null : read.values());
    for (var end : List.of("\u2028", "\u0085", "\u2029", "\n", "\r")) {
      assertEquals(null, Sql.read(query.formatted("a.b") + end + "AND version = '1'"), end);
    }
  }

  @Test
  void a_query_that_says_more_is_no_ban() {
    for (var query :
        List.of(
            "SELECT 1 FROM apps WHERE bundle_identifier = 'a.b' AND version = '1'",
            "SELECT 1 FROM apps WHERE bundle_identifier != 'a.b'",
            "SELECT 1 FROM apps WHERE NOT bundle_identifier = 'a.b'",
            "SELECT 1 FROM apps WHERE bundle_identifier = 'a.b' OR name = 'x'",
            "SELECT 1 FROM apps, users WHERE bundle_identifier = 'a.b'",
            "SELECT count(*) FROM apps WHERE bundle_identifier = 'a.b'",
            "SELECT 1 FROM apps WHERE bundle_identifier = 'a.b' LIMIT 0",
            "SELECT 1 FROM apps WHERE bundle_identifier = 'a.b' -- or not",
            "SELECT 1 FROM apps WHERE bundle_identifier = 'a.b' UNION SELECT 1",
            "SELECT 1 FROM apps WHERE bundle_identifier = \"version\"",
            "SELECT 1 FROM apps",
            "",
            "'")) {
      assertEquals(null, Sql.read(query), query);
    }
  }

  private Failure refused(Format format, String content) {
    return assertThrows(Failure.class, () -> format.read(bytes(content)), content);
  }

  @Test
  @Timeout(20)
  void hostile_files_are_refused_with_words() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "the secret");
    var xxe =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \""
            + secret.toUri()
            + "\">]><restricted_software><general><name>&e;</name>"
            + "<process_name>&e;</process_name></general></restricted_software>";
    assertFalse(String.valueOf(refused(new Jamf(), xxe).getMessage()).contains("the secret"));
    var laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (var i = 1; i < 40; i++) {
      laughs.append("<!ENTITY a%d \"&a%d;&a%d;&a%d;\">".formatted(i, i - 1, i - 1, i - 1));
    }
    laughs.append("]><plist><dict><key>rules</key><string>&a39;</string></dict></plist>");
    refused(new Santa(), laughs.toString());
    var outside = "<!DOCTYPE plist SYSTEM \"" + secret.toUri() + "\"><plist><dict/></plist>";
    refused(new Santa(), outside);
    refused(new Jamf(), "<a>".repeat(100_000));
    refused(new Jamf(), "<a>" + "<b/>".repeat(400_000) + "</a>");
    refused(new Santa(), "[".repeat(100_000));
    refused(new Santa(), "{\"rules\": 7}");
    refused(new Santa(), "\"text\"");
    refused(new Jamf(), "{\"restricted_software\": [");
    refused(new Jamf(), "{\"restricted_software\": true}");
    refused(new Fleet(), "a: &x [1]\nb: *x\n");
    refused(new Fleet(), "policies: 7\n");
    refused(new Fleet(), "");
    var wrong = new Fleet().read(bytes("policies: [7, {name: [], query: {}}, {query: 'x'}]"));
    assertEquals(3, wrong.left().size());
  }

  @Test
  void what_an_export_says_can_neither_add_a_member_nor_allow_a_warning() {
    var name = "x\"\nenforcement: remove # allow R045: me\nid: other";
    var sketch =
        new Found.Sketch(
            name, List.of(), "observe", List.of(), List.of(name, "allow R045: by a remark"));
    var file = RuleFile.of(sketch, new RuleFile.Naming("santa").id(name), "Santa", NOW);
    assertFalse(file.content().contains("allow R045"), file.content());
    assertEquals(1, file.content().lines().filter(line -> line.startsWith("enforcement")).count());
    assertEquals(1, file.content().lines().filter(line -> line.startsWith("id:")).count());
    var reading = YamlFile.read("x.yaml", bytes(file.content()));
    assertTrue(reading instanceof YamlFile.Reading.Read, file.content());
  }

  @Test
  void names_that_come_to_the_same_have_ids_of_their_own() {
    var naming = new RuleFile.Naming("santa");
    assertEquals(new RuleId("santa-a-b"), naming.id("A  b!"));
    assertEquals(new RuleId("santa-a-b-2"), naming.id("a-b"));
    assertEquals(new RuleId("santa"), naming.id("迅雷"));
    assertEquals(new RuleId("santa-2"), naming.id("微信"));
  }
}
