package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.pipe.GuardAnswer;
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

  /// A rule of which everything is told that a guard can tell.
  static String lively() {
    return """
    {"id":"openclaw","name":"OpenClaw","publisher":"Example Ltd","risk":"critical",
     "replacement":"Qoder","replacement-url":"https://qoder.com/",
     "reason":{"en":"It sends whole projects abroad, and nobody can say to whom or for how long.",
      "zh-CN":"它会将整个项目发送到境外，无人能说明发送给谁、保存多久。"},
     "decided-by":["Li Na","Zhao Lei"],"decided-on":"2026-06-01",
     "evidence":["https://example.com/assessments/openclaw/2026-06-01/report-with-a-long-name.html"],
     "enforcement":"remove","zone":"Asia/Shanghai","minimum-notice":"PT48H",
     "out-of-contact":"wait","keep":["~/.openclaw"],
     "verdict":{"kind":"waiting","date":{"at":"2026-07-09T16:00:00Z","set-by":"deferral",
      "effective":"2026-07-08T16:00:00Z","notice-ends":"2026-07-04T02:00:00Z","ring":"pilot",
      "last-call-ends":"2026-07-09T17:00:00Z","end":"2026-07-09T17:00:00Z"}},
     "history":{"first-seen":"2026-06-02T02:00:00Z","people":[
       {"you":true,"nobody":false,"first-shown":"2026-06-02T03:00:00Z",
        "snoozed-until":"2026-07-07T08:00:00Z"},
       {"you":false,"nobody":false,"given-up":"2026-06-20T03:00:00Z"},
       {"you":false,"nobody":false,"unshown-for":"PT30H"},
       {"you":false,"nobody":false}],
      "put-off":1,"put-off-by":"PT24H","requested":"2026-07-01T02:00:00Z"},
     "can":["remind","defer","remove","request-exemption","dispute"],
     "deferral":{"left":1,"by":"PT24H","last":"2026-07-10T16:00:00Z"},
     "findings":[
      {"key":"npm 1f2e","source":"npm","identity":"pkg:npm/openclaw","version":"1.4.0",
       "location":"~/.npm-global/lib/node_modules/openclaw","user":"zhao.lei","yours":true,
       "strength":"strong","running":1,"disputed":false,"disputable":true},
      {"key":"bin 77aa","source":"bin","identity":"file:openclaw","location":"/usr/local/bin/openclaw",
       "yours":false,"strength":"weak","running":0,"disputed":true,"disputable":true}],
     "told":[
      {"at":"2026-06-02T03:00:00Z","phase":"announced","channel":"desktop","outcome":"shown"},
      {"at":"2026-07-03T01:00:00Z","phase":"reminder","outcome":"do-not-disturb"}],
     "answers":[
      {"id":"a1","kind":"put-off","at":"2026-06-03T03:00:00Z","until":"2026-07-09T16:00:00Z",
       "state":"taken"},
      {"id":"a2","kind":"exemption-request","at":"2026-07-01T02:00:00Z",
       "until":"2026-07-31T16:00:00Z","text":"migration is not finished","state":"refused"},
      {"id":"a3","kind":"not-that-tool","at":"2026-07-02T02:00:00Z","finding":"bin 77aa",
       "state":"waiting"}]}\
    """;
  }

  private static GuardAnswer status(int gaps, boolean scanned, String... rules) {
    return new GuardAnswer(
        RuleFixtures.json(
            """
            {"as-of":"2026-07-03T02:00:00Z","server-reached":true,"scanned":%s,
             "issuer":"Information Security of a Company with a Long Name","serial":1234567,
             "age":"stale","gaps":%d,"time":%s,"rules":[%s]}\
            """
                .formatted(scanned, gaps, TIME, String.join(",", rules))));
  }

  static GuardAnswer full() {
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
        rule("held", "{\"kind\":\"held\",\"hold\":\"stopped\",\"why\":\"complaints\"}", FINDING),
        rule("elsewhere", "{\"kind\":\"out-of-scope\",\"outside\":\"other-groups\"}", FINDING),
        rule("later", "{\"kind\":\"unannounced\",\"announce\":\"2026-08-01T01:00:00Z\"}", ""),
        rule("gone", VERDICT, ""),
        lively());
  }

  private static String golden(Language language, String name) throws IOException {
    var file = name + "." + language.tag() + ".golden.txt";
    try (var stream = StatusCommandTest.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Paper paper(StringWriter out) {
    return new Paper(new PrintWriter(out), Paper.COLUMNS, false);
  }

  private static String printed(Language language, GuardAnswer status) {
    var out = new StringWriter();
    StatusCommand.print(status, Words.in(language), paper(out));
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
      ExplainCommand.explain(rule, full().get("time"), false, words, paper(out));
      out.append('\n');
    }
    assertEquals(golden(language, "explain"), out.toString());
    for (var line : out.toString().lines().toList()) {
      // A place or an address stays whole, to be copied.
      assertTrue(Columns.of(line) <= 80 || !line.strip().contains(" "), line);
    }
  }

  @Test
  void only_a_whole_scan_under_a_verified_list_can_say_that_nothing_is_here() {
    var clean = rule("gone", "{\"kind\":\"due\",\"date\":{}}", "");
    assertTrue(printed(Language.EN, status(0, true, clean)).contains("not found  "));
    for (var doubtful :
        new GuardAnswer[] {
          status(1, true, clean),
          status(0, false, clean),
          new GuardAnswer(RuleFixtures.json("{\"scanned\":true,\"rules\":[" + clean + "]}"))
        }) {
      assertTrue(printed(Language.EN, doubtful).contains("not found;  "));
      assertEquals(false, StatusCommand.whole(doubtful));
    }
  }

  @Test
  void a_guard_of_another_version_is_no_reason_to_fail() {
    assertTrue(
        printed(Language.EN, new GuardAnswer(RuleFixtures.json("{}"))).contains("Try again"));
  }
}
