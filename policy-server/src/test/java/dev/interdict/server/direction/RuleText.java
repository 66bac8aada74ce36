package dev.interdict.server.direction;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Json;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleReader;
import dev.interdict.server.draft.YamlFile;
import java.nio.charset.StandardCharsets;

/// Rules as people write them, for tests of what a change of one does.
final class RuleText {
  static final String RULE =
      """
      id: some-tool
      name: Some Tool
      publisher: Somebody
      risk: medium
      reason: {en: It sends data out., zh-CN: 该工具会外传数据。}
      replacement:
        name: Qoder
        url: https://qoder.com/
        identities: [{package: pkg:npm/qodercli}]
      match: [{package: pkg:npm/some-tool}, {package: pkg:npm/some-tool-linux}]
      enforcement: block
      timeline:
        announce: 2026-07-03T09:00
        effective: 2026-07-10T10:00
        zone: Asia/Shanghai
        clock: instant
        minimum-notice: PT24H
        reminders: [P3D, P1D]
        defer: {times: 1, by: P1D}
        out-of-contact: wall-clock
        request-freezes: false
      scope:
        os: [linux, macos]
        groups: {include: [staff, labs], exclude: [build-machines]}
        network: any
        rings: [{name: pilot, percent: 10, at: 2026-07-08T10:00}]
      limits: {max-items-per-device: 20}
      keep: [~/.some]
      """;

  private RuleText() {}

  static Json json(String yaml) {
    var reading = YamlFile.read("rule.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    return assertInstanceOf(YamlFile.Reading.Read.class, reading, reading::toString).file().json();
  }

  static Rule rule(Json json) {
    var read = RuleReader.read(json);
    return assertInstanceOf(RuleReader.Result.Understood.class, read, read::toString).rule();
  }

  /// The rule with one piece of text in place of another, which must be there.
  static Json with(String from, String to) {
    if (!RULE.contains(from)) {
      throw new IllegalArgumentException(from);
    }
    return json(RULE.replace(from, to));
  }
}
