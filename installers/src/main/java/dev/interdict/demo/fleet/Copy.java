package dev.interdict.demo.fleet;

import dev.interdict.report.ActionKind;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedFinding;
import java.util.List;

/// One way in which the banned tool came to a device, as an agent reports it.
///
/// @param weight how common it is among the others
/// @param removal how an agent takes it off
record Copy(
    String source,
    String identity,
    String location,
    List<OsFamily> on,
    int weight,
    ActionKind removal) {
  private static final List<OsFamily> EVERYWHERE =
      List.of(OsFamily.LINUX, OsFamily.MACOS, OsFamily.WINDOWS);
  private static final List<OsFamily> UNIX = List.of(OsFamily.LINUX, OsFamily.MACOS);
  private static final String NPM = "pkg:npm/%40anthropic-ai/claude-code";

  /// The ways there are.
  static final List<Copy> ALL =
      List.of(
          new Copy(
              "npm",
              NPM,
              "~/.nvm/versions/node/v22.14.0/lib/node_modules/@anthropic-ai/claude-code",
              UNIX,
              30,
              ActionKind.QUARANTINED),
          new Copy(
              "npm",
              NPM,
              "~/.npm-global/lib/node_modules/@anthropic-ai/claude-code",
              UNIX,
              15,
              ActionKind.QUARANTINED),
          new Copy(
              "npm",
              NPM,
              "~/AppData/Roaming/npm/node_modules/@anthropic-ai/claude-code",
              List.of(OsFamily.WINDOWS),
              35,
              ActionKind.QUARANTINED),
          new Copy(
              "program",
              "program:.local/share/claude/versions",
              "~/.local/share/claude/versions",
              UNIX,
              30,
              ActionKind.QUARANTINED),
          new Copy(
              "vscode",
              "vscode:anthropic.claude-code",
              "~/.vscode/extensions/anthropic.claude-code",
              EVERYWHERE,
              25,
              ActionKind.QUARANTINED),
          new Copy(
              "dpkg",
              "pkg:deb/claude-code",
              "/usr/bin/claude",
              List.of(OsFamily.LINUX),
              6,
              ActionKind.UNINSTALLED));

  /// The versions that are about.
  static final List<String> VERSIONS =
      List.of(
          "2.1.92", "2.1.104", "2.1.112", "2.1.131", "2.1.163", "2.1.188", "2.1.197", "2.1.203");

  ReportedFinding finding(String version, String owner, boolean running) {
    return new ReportedFinding(
        source, identity, version, location, owner, EvidenceStrength.STRONG, running);
  }
}
