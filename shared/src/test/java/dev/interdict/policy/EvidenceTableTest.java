package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The table of evidence in the documentation says what the code does.
class EvidenceTableTest {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| ([a-z]+) \\|.*");

  private static Map<String, String> documented() throws IOException {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("shared/docs/evidence.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not below the project");
    }
    var rows = new TreeMap<String, String>();
    for (var line : Files.readAllLines(folder.resolve("shared/docs/evidence.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), row.group(2));
      }
    }
    return rows;
  }

  /// Each kind that a rule can hold, by the member that it is written as, with its strength.
  private static Map<String, String> real() {
    var kinds = new TreeMap<String, String>();
    var rule = (Json.Obj) RuleFixtures.json(RuleFixtures.EVERYTHING);
    var written = ((Json.Arr) Objects.requireNonNull(rule.members().get("match"))).items();
    var matchers = RuleFixtures.rule(RuleFixtures.EVERYTHING).match();
    for (var i = 0; i < matchers.size(); i++) {
      var kind = new ArrayList<>(((Json.Obj) written.get(i)).members().keySet()).getFirst();
      kinds.put(kind, Fields.written(matchers.get(i).strength()));
    }
    return kinds;
  }

  @Test
  void every_kind_of_evidence_is_in_the_table_with_its_strength() throws IOException {
    assertEquals(real(), documented());
    assertEquals(Matcher.class.getPermittedSubclasses().length, real().size());
  }
}
