package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RuleFieldsTest {
  static final List<String> rules = Catalogue.IDS;

  private static Json.Obj rule(String id) {
    return read(new String(Catalogue.rule(id).orElseThrow(), StandardCharsets.UTF_8));
  }

  private static Json.Obj read(String text) {
    return YamlFile.read("x", text.getBytes(StandardCharsets.UTF_8))
                instanceof YamlFile.Reading.Read(var file)
            && file.json() instanceof Json.Obj object
        ? object
        : Json.object().build();
  }

  private static Json.Obj onto(Json.Obj rule, Json.Obj fields) {
    var faults = new ArrayList<Fault>();
    var written = RuleFields.onto(rule, fields, faults);
    assertEquals(List.of(), faults);
    return written;
  }

  @ParameterizedTest
  @FieldSource("rules")
  void what_the_fields_show_changes_nothing(String id) {
    var rule = rule(id);
    assertEquals(rule, onto(rule, RuleFields.of(rule)));
  }

  @Test
  void each_kind_is_shown_in_its_own_words_and_what_needs_more_is_counted() {
    var rule =
        read(
            """
            match:
              - package: pkg:npm/%40example/tool
              - package: pkg:brew/alibaba/tap/tool
              - package: pkg:cargo/tool
              - package: pkg:npm/tool
                versions: 'vers:npm/>=2'
              - extension: {vscode: a.b, jetbrains: c}
              - extension: {vscode: a.b}
              - program: {home: 'x/**', signer: Example}
              - process: {executable-of: matched}
              - environment: {variables: [KEY]}
            """);
    assertEquals(
        read(
            """
            match:
              npm: ['@example/tool']
              brew: [alibaba/tap/tool]
              other-package: ['pkg:cargo/tool']
              vscode: [a.b]
              variable: [KEY]
            """),
        RuleFields.of(rule));
    assertEquals(4, RuleFields.unseenMatchers(rule));
    assertEquals("match.vscode", RuleFields.field(rule, "/match/5/extension/vscode"));
    assertNull(RuleFields.field(rule, "/match/4"));
  }

  @Test
  void matchers_come_behind_those_of_their_kind_and_others_stay() {
    var rule =
        read(
            "match: [{package: 'pkg:npm/a'}, {package: 'pkg:npm/b'}, {residue: {alias: a}},"
                + " {process: {executable-of: matched}}]");
    var fields = read("match: {npm: [b, '@x/c'], vscode: [p.q]}");
    assertEquals(
        read(
            "match: [{package: 'pkg:npm/b'}, {package: 'pkg:npm/%40x/c'}, {residue: {alias: a}},"
                + " {extension: {vscode: p.q}}, {process: {executable-of: matched}}]"),
        onto(rule, fields));
  }

  @Test
  void a_field_left_out_takes_away_what_it_shows_and_nothing_else() {
    var rule = read("name: a\nscope: {os: [linux], rings: [1]}\nkeep: [~/a]\nstub: {ask: x}\n");
    assertEquals(
        read("name: b\nscope: {rings: [1]}\nstub: {ask: x}\n"), onto(rule, read("name: b")));
    assertEquals("[scope.rings, stub]", RuleFields.unseen(rule).toString());
  }

  @Test
  void a_time_with_seconds_is_the_same_time() {
    var rule = read("timeline: {effective: 2026-07-10T00:00:00}");
    assertEquals(rule, onto(rule, read("timeline: {effective: 2026-07-10T00:00}")));
  }

  @Test
  void what_is_no_name_of_a_package_is_a_fault_of_its_field() {
    var faults = new ArrayList<Fault>();
    RuleFields.onto(read("name: a"), read("name: a\nmatch: {npm: ['a/']}"), faults);
    assertEquals("/match/npm", faults.getFirst().pointer());
    assertTrue(faults.getFirst().message().startsWith("\"a/\": "), faults::toString);
  }
}
