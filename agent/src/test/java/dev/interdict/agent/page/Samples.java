package dev.interdict.agent.page;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Answers of a guard on 3 July 2026.
final class Samples {
  static final String HELD =
      """
      {"held":[{"id":"0123","rule":"openclaw","item":"pkg:npm/openclaw","path":"/home/zhao.lei/.local/bin/openclaw",
       "bytes":1258291,"removed":"2026-06-30T02:00:41Z","kept-until":"2026-07-30T02:00:41Z","may":true}]}\
      """;
  static final String DATA =
      """
      {"you":"p-19","collection":{"level":"matches","host-name":true,"decided-by":"Works council and Information security, 12 May 2026"},
       "reports":[{"sequence":42,"delivered":true,"outcome":"delivered","bytes":"{\\"format\\":\\"report/1\\",\\"rules\\":[{\\"rule\\":\\"claude-code\\",\\"state\\":\\"present\\"}]}"}],
       "looks":[{"at":"2026-07-02T06:12:00Z","who":"Wang Fang","role":"viewer"}]}\
      """;

  private static final String COMMON =
      """
      "id":"claude-code","name":%s,"publisher":"Anthropic","risk":"high","replacement":"Qoder","replacement-url":"https://it.example.com/qoder",
      "reason":{"en":"It was found to hold code that looks for whether it runs in certain regions. It is not allowed on company computers.","zh-CN":"经评估，该软件含有探测运行地区的代码，不允许在公司电脑上使用。"},
      "decided-by":["Chen Yu (Information security)","Li Na (Legal)"],"decided-on":"2026-06-08",
      "evidence":["https://it.example.com/security/claude-code","Report SEC-2026-118"],
      "enforcement":"remove","zone":"Asia/Shanghai","announce":"2026-06-12T02:00:00Z","effective":"2026-07-09T16:00:00Z",
      "keep":["~/.claude/projects"],
      "deferral":{"left":2,"by":"PT24H","last":"2026-07-11T16:00:00Z"},
      "findings":[{"key":"k1","source":"npm","identity":"npm: @anthropic-ai/claude-code","version":"1.0.67","location":"~/.nvm/versions/node/v22.4.0/lib/node_modules","user":"zhao.lei","yours":true,"strength":"strong","running":1,"disputed":false,"disputable":true},
       {"key":"k2","source":"npm","identity":"secret of somebody else","version":"1","location":"/home/other/secret","user":"other.person","yours":false,"strength":"strong","running":0,"disputed":false,"disputable":true}],
      "told":[{"at":"2026-06-12T02:00:09Z","phase":"announced","channel":"desktop","outcome":"shown"},{"at":"2026-06-29T02:00:04Z","phase":"reminder","channel":"desktop","outcome":"do-not-disturb"}],
      "answers":[{"id":"EX-0118","kind":"exemption-request","at":"2026-07-01T03:20:00Z","until":"2026-07-31T16:00:00Z","text":"x","state":"waiting"}],
      """;

  static final String DATE =
      """
      "date":{"at":"2026-07-09T16:00:00Z","set-by":"effective-date","effective":"2026-07-09T16:00:00Z","notice-ends":"2026-06-15T02:00:09Z","ring":"R&D","end":"2026-07-09T16:00:00Z"}\
      """;
  static final String ALL = "[\"remind\",\"defer\",\"remove\",\"request-exemption\",\"dispute\"]";

  private Samples() {}

  static String text(String text) {
    return new String(JsonWriter.compact(new Json.Text(text)), StandardCharsets.UTF_8);
  }

  static String rule(String name, String can, String verdict) {
    return "{"
        + COMMON.formatted(text(name))
        + "\"can\":"
        + can
        + ",\"verdict\":{"
        + verdict
        + "}}";
  }

  static String waiting(String name) {
    return rule(name, ALL, "\"kind\":\"waiting\"," + DATE);
  }

  static String status(String... rules) {
    return "{\"as-of\":\"2026-07-03T07:30:00Z\",\"server-reached\":true,\"scanned\":true,\"gaps\":0,\"rules\":["
        + String.join(",", rules)
        + "]}";
  }

  /// One for each way things may stand.
  static List<String> states() {
    return List.of(
        status(waiting("Claude Code")),
        status(rule("Claude Code", "[]", "\"kind\":\"due\"," + DATE)),
        status(
            rule(
                "Claude Code",
                "[\"request-exemption\"]",
                "\"kind\":\"exempt\",\"until\":\"2026-07-31T16:00:00Z\",\"case\":\"EX-0118\",\"granted-by\":\"Chen"
                    + " Yu\",\"why\":\"Customer demo\"")),
        status(rule("Claude Code", "[]", "\"kind\":\"held\",\"hold\":\"stopped\",\"why\":\"x\"")),
        status(
            rule(
                "Claude Code",
                "[\"remind\"]",
                "\"kind\":\"waiting\",\"date\":{\"set-by\":\"first-notice-outstanding\",\"effective\":\"2026-07-09T16:00:00Z\"}")),
        status(),
        "{\"server-reached\":false,\"scanned\":true,\"gaps\":3,\"as-of\":\"2026-07-03T07:30:00Z\",\"rules\":[]}",
        "{\"error\":\"no\"}");
  }
}
