package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.wording.Columns;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleFixtures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusCommandTest {
  private static final String VERDICT =
      """
      {"kind":"waiting","now":"2026-07-03T02:00:00Z","date":{"at":"2026-07-09T16:00:00Z",
       "set-by":"effective-date","effective":"2026-07-09T16:00:00Z",
       "notice-ends":"2026-07-04T02:00:00Z"}}\
      """;

  private static final String TIME =
      """
      {"trusted":"2026-07-03T02:00:00Z","confirmed":"2026-06-29T23:00:00Z","by":"server",
       "wall":"2016-07-05T02:00:00Z","wall-ahead":-315360000,"stepped":true,
       "disputed":"2026-07-08T02:00:00Z","out-of-contact":true}\
      """;

  private static String rule(String id, String verdict, String findings) {
    return """
    {"id":"%s","name":"Claude Code","replacement":"Qoder","replacement-url":"https://qoder.com/",
     "reason":{"en":"High risk.","zh-CN":"高风险。"},"enforcement":"remove",
     "zone":"Asia/Shanghai","verdict":%s,"findings":[%s]}\
    """
        .formatted(id, verdict, findings);
  }

  private static final String FINDING =
      """
      {"source":"npm","identity":"pkg:npm/%40anthropic-ai/claude-code","version":"2.1.112",
       "location":"~/.npm-global/lib/node_modules/@anthropic-ai/claude-code","user":"zhao.lei",
       "strength":"strong","running":1}\
      """;

  private static Answer status(int gaps, boolean scanned, String... rules) {
    return new Answer(
        RuleFixtures.json(
            """
            {"as-of":"2026-07-03T02:00:00Z","server-reached":true,"scanned":%s,
             "issuer":"Information Security of a Company with a Long Name","serial":1234567,
             "age":"stale","gaps":%d,"time":%s,"rules":[%s]}\
            """
                .formatted(scanned, gaps, TIME, String.join(",", rules))));
  }

  static Answer full() {
    return status(
        3,
        true,
        rule("claude-code", VERDICT, FINDING + "," + FINDING),
        rule("an-id-that-is-longer-than-its-column", VERDICT.replace("waiting", "due"), FINDING),
        rule(
            "other",
            "{\"kind\":\"exempt\",\"until\":\"2026-12-31T16:00:00Z\",\"case\":\"EX-1\","
                + "\"granted-by\":\"Li Na\",\"why\":\"migration\"}",
            FINDING.replace("2.1.112", "2.1.112-some.very.long.version.that.goes.on")),
        rule("held", "{\"kind\":\"held\",\"why\":\"complaints\"}", FINDING),
        rule("gone", VERDICT, ""));
  }

  private static String golden(Language language, String name) throws IOException {
    var file = name + "." + language.tag() + ".golden.txt";
    try (var stream = StatusCommandTest.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String printed(Language language, Answer status) {
    var out = new StringWriter();
    StatusCommand.print(status, Words.in(language), new PrintWriter(out));
    return out.toString();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void status_is_a_table_of_at_most_eighty_columns(Language language) throws IOException {
    var text = printed(language, full());
    assertEquals(golden(language, "status"), text);
    for (var line : text.lines().toList()) {
      assertTrue(Columns.of(line) <= 80, line);
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void explain_says_which_input_set_the_date(Language language) throws IOException {
    var out = new StringWriter();
    var words = Words.in(language);
    for (var rule : full().get("rules").items()) {
      ExplainCommand.explain(rule, full().get("time"), false, words, new PrintWriter(out));
      out.append('\n');
    }
    assertEquals(golden(language, "explain"), out.toString());
  }

  @Test
  void only_a_whole_scan_under_a_verified_list_can_say_that_nothing_is_here() {
    var clean = rule("gone", "{\"kind\":\"due\",\"date\":{}}", "");
    assertTrue(printed(Language.EN, status(0, true, clean)).contains("not found  "));
    for (var doubtful :
        new Answer[] {
          status(1, true, clean),
          status(0, false, clean),
          new Answer(RuleFixtures.json("{\"scanned\":true,\"rules\":[" + clean + "]}"))
        }) {
      assertTrue(printed(Language.EN, doubtful).contains("not found; partly unseen"));
      assertEquals(false, StatusCommand.whole(doubtful));
    }
  }

  @Test
  void a_guard_of_another_version_is_no_reason_to_fail() {
    assertTrue(printed(Language.EN, new Answer(RuleFixtures.json("{}"))).contains("No rule"));
  }
}
