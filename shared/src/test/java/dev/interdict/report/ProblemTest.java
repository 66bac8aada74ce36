package dev.interdict.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void every_problem_is_explained_to_admins() throws Exception {
    var page = Files.readString(Path.of("docs/problems.md"));
    for (var problem : Problem.values()) {
      assertTrue(
          page.contains("| `" + Fields.written(problem) + "` |"),
          () -> problem + " is missing from docs/problems.md");
    }
  }
}
