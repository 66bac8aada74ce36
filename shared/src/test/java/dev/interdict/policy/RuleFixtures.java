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

  /// A rule with every member and every kind of matcher that there is.
  public static final String EVERYTHING =
      """
      {
        "id": "claude-code",
        "name": "Claude Code",
        "publisher": "Anthropic",
        "family": "anthropic",
        "risk": "high",
        "assessment": {
          "summary": "s", "evidence": ["https://example.com/"], "reviewers": ["r"],
          "date": "2026-07-01"
        },
        "reason": {"en": "High risk.", "zh-CN": "高风险。"},
        "replacement": {
          "name": "Qoder",
          "url": "https://qoder.com/",
          "note": {"en": "Ask IT.", "zh-CN": "请联系 IT。"},
          "identities": [
            {"package": "pkg:npm/%40qoder-ai/qodercli", "versions": "vers:npm/>=1.0.0"},
            {"application": {"macos": "com.qoder", "windows-family": "q", "windows-uninstall": "q", "desktop-id": "qoder"}},
            {"extension": {"vscode": "q.q", "jetbrains": "q", "chrome": "q", "firefox": "q"}},
            {"program": {"home": "q/*", "system": "/opt/q/*", "sha256": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], "signer": "Q"}},
            {"process": {"executable-of": "matched"}},
            {"model-use": {"models": ["q-*"], "tools": ["aider"]}},
            {"environment": {"variables": ["Q_KEY"]}},
            {"container": {"references": ["ghcr.io/q/*"]}},
            {"residue": {"data": ".q/*", "service": "q", "autostart": "q", "repository": "q/*", "native-messaging": "q", "url-handler": "q", "alias": "q"}}
          ]
        },
        "match": [
          {"package": "pkg:npm/%40anthropic-ai/claude-code", "versions": "vers:npm/>=2.0.0"},
          {"application": {"macos": "a.b", "windows-family": "a", "windows-uninstall": "a", "desktop-id": "claude"}},
          {"extension": {"vscode": "a.b", "jetbrains": "a", "chrome": "a", "firefox": "a"}},
          {"program": {"home": "a/*", "system": "/opt/a/*", "sha256": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], "signer": "A"}},
          {"process": {"executable-of": "matched"}},
          {"model-use": {"models": ["claude-*"], "tools": ["aider"]}},
          {"environment": {"variables": ["ANTHROPIC_API_KEY"]}},
          {"container": {"references": ["ghcr.io/a/*"]}},
          {"residue": {"data": ".a/*", "service": "a", "autostart": "a", "repository": "a/*", "native-messaging": "a", "url-handler": "a", "alias": "a"}}
        ],
        "enforcement": "remove",
        "timeline": {
          "announce": "2026-07-03T09:00",
          "effective": "2026-07-10T00:00",
          "zone": "Asia/Shanghai",
          "clock": "local",
          "minimum-notice": "PT24H",
          "reminders": ["P2D"],
          "defer": {"times": 2, "by": "P1D"},
          "out-of-contact": "wall-clock",
          "request-freezes": true
        },
        "scope": {
          "os": ["linux"],
          "groups": {"include": ["a"], "exclude": ["b"]},
          "network": "corporate",
          "corporate": [
            {"host": "intranet.example.com", "port": 443, "key": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
          ],
          "rings": [{"name": "pilot", "percent": 1, "at": "2026-07-09T00:00"}]
        },
        "limits": {"max-items-per-device": 20},
        "keep": ["~/.claude"],
        "stub": {"ask": {"en": "Ask the service desk.", "zh-CN": "请咨询服务台。"}}
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
