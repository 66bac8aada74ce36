package dev.interdict.server.cli.rule;

import dev.interdict.evidence.Evidence;
import dev.interdict.evidence.InventoryDocument;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.draft.RuleCase;
import dev.interdict.server.draft.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a rule is tried on: files of cases and inventories, told apart by what they hold.
///
/// @param findings what is wrong with the files of cases
record TestMaterial(
    List<RuleCase> cases, Map<Path, List<Evidence>> inventories, List<Finding> findings) {

  /// A workstation with very much on it; each item takes about a thousand bytes.
  private static final int MOST_BYTES = 64 << 20;

  private static final JsonLimits INVENTORY =
      new JsonLimits(
          MOST_BYTES, JsonLimits.OWN.depth(), JsonLimits.OWN.textLength(), 5_000_000, false);

  /// Reads a file, or all files of a folder.
  ///
  /// @throws Failure if an inventory cannot be understood
  static TestMaterial read(Path path) throws IOException {
    var cases = new ArrayList<RuleCase>();
    var inventories = new LinkedHashMap<Path, List<Evidence>>();
    var findings = new ArrayList<Finding>();
    for (var file : RuleFiles.files(path)) {
      var bytes = Files.readAllBytes(file);
      var document = json(file, bytes);
      if (document != null && InventoryDocument.is(document)) {
        inventories.put(file, inventory(file, document));
      } else {
        switch (YamlFile.read(file.toString(), bytes)) {
          case YamlFile.Reading.Malformed(var finding) -> findings.add(finding);
          case YamlFile.Reading.Read(var yaml) -> cases.addAll(RuleCase.read(yaml, findings));
        }
      }
    }
    return new TestMaterial(cases, inventories, findings);
  }

  /// The document; null where the file is no JSON, and so perhaps YAML.
  private static @Nullable Json json(Path file, byte[] bytes) {
    if (!file.toString().endsWith(".json")) {
      return null;
    }
    try {
      return JsonReader.read(bytes, INVENTORY);
    } catch (JsonException e) {
      return null;
    }
  }

  private static List<Evidence> inventory(Path file, Json document) {
    try {
      return InventoryDocument.read(document);
    } catch (JsonException e) {
      throw new Failure(Exit.FOUND, file + ": " + e.getMessage());
    }
  }
}
