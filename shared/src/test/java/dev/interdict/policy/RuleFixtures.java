package dev.interdict.policy;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.nio.charset.StandardCharsets;

/// A whole rule to start tests from.
public final class RuleFixtures {
  /// Claude Code, effective 10 July 2026 in Shanghai, with a day's notice.
  public static final String CLAUDE_CODE =
      """
      {
        "id": "claude-code",
        "name": "Claude Code",
        "publisher": "Anthropic",
        "family": "anthropic",
        "risk": "high",
        "assessment": {"summary": "s", "evidence": [], "reviewers": ["r"], "date": "2026-07-01"},
        "reason": {"en": "High risk.", "zh-CN": "高风险。"},
        "replacement": {
          "name": "Qoder",
          "url": "https://qoder.com/",
          "identities": [{"package": "pkg:npm/%40qoder-ai/qodercli"}]
        },
        "match": [
          {"package": "pkg:npm/%40anthropic-ai/claude-code"},
          {"extension": {"vscode": "Anthropic.claude-code"}},
          {"program": {"home": ".local/share/claude/versions/*"}},
          {"process": {"executable-of": "matched"}}
        ],
        "enforcement": "remove",
        "timeline": {
          "announce": "2026-07-03T09:00",
          "effective": "2026-07-10T00:00",
          "zone": "Asia/Shanghai",
          "minimum-notice": "PT24H",
          "reminders": ["P2D", "P5D"]
        },
        "limits": {"max-items-per-device": 20},
        "keep": ["~/.claude"]
      }
      """;

  private RuleFixtures() {}

  /// The document in `text`.
  public static Json json(String text) {
    try {
      return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// The rule in `text`, which must be one.
  public static Rule rule(String text) {
    return switch (RuleReader.read(json(text))) {
      case RuleReader.Result.Understood(var rule) -> rule;
      case RuleReader.Result.Faulty(var faults) ->
          throw new IllegalArgumentException(faults.toString());
    };
  }
}
