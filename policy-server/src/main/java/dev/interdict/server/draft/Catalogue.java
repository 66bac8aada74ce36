package dev.interdict.server.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The rules that come with the product, as files to copy, each with the cases that prove it.
public final class Catalogue {
  /// Ids of the rules, in alphabetical order.
  public static final List<String> IDS =
      List.of(
          "aider",
          "amp",
          "anthropic-api-sdk",
          "anthropic-credentials",
          "antigravity",
          "claude-acp-adapters",
          "claude-agent-sdk",
          "claude-browser-extension",
          "claude-code",
          "claude-desktop",
          "claude-model-use",
          "cline",
          "codex",
          "continue",
          "cursor",
          "gemini-cli",
          "github-copilot",
          "kilo-code",
          "kiro",
          "opencode",
          "roo-code",
          "trae",
          "windsurf");

  private static final String FOLDER = "/dev/interdict/server/catalogue/";
  private static final List<String> CASE_FILES = List.of("must-match.yaml", "must-not-match.yaml");

  private Catalogue() {}

  /// The bytes of the rule's file; empty where the catalogue has no such rule.
  public static Optional<byte[]> rule(String id) {
    return IDS.contains(id) ? Optional.of(resource(id + ".yaml")) : Optional.empty();
  }

  /// The rule's cases.
  public static List<RuleCase> cases(String id) {
    var cases = new ArrayList<RuleCase>();
    for (var one : caseFiles(id).entrySet()) {
      var findings = new ArrayList<Finding>();
      switch (YamlFile.read(one.getKey(), one.getValue())) {
        case YamlFile.Reading.Malformed(var finding) -> findings.add(finding);
        case YamlFile.Reading.Read(var file) -> cases.addAll(RuleCase.read(file, findings));
      }
      if (!findings.isEmpty()) {
        throw new IllegalStateException("catalogue: " + findings.getFirst());
      }
    }
    return List.copyOf(cases);
  }

  /// The files of the rule's cases, by name below the folder of the rule; none for other rules.
  public static SequencedMap<String, byte[]> caseFiles(String id) {
    var files = new LinkedHashMap<String, byte[]>();
    if (IDS.contains(id)) {
      CASE_FILES.forEach(name -> files.put(id + "/" + name, resource(id + "/" + name)));
    }
    return files;
  }

  private static byte[] resource(String name) {
    try (var in = Catalogue.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("catalogue file is missing: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
