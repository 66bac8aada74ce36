package dev.interdict.agent.sources.editors;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What editors and their extensions write into a home.
class EditorsFuzzTest {
  private static final String EXTENSIONS = "home/ada/.vscode/extensions/";
  private static final String MANIFEST =
      """
      {"name": "b", "version": "1.2.3", "publisher": "a", "engines": {"vscode": "^1.94.0"}}
      """;

  @TempDir Path root;

  @Test
  void extensions_of_editors() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station().planting.file(EXTENSIONS + "a.b-1.0.0/package.json", MANIFEST);
    fuzz.scans(
        "vscode-index",
        new VsCodeSource(),
        EXTENSIONS + "extensions.json",
        """
        [{"identifier": {"id": "a.b"}, "version": "1.0.0", "relativeLocation": "a.b-1.0.0",
          "location": {"$mid": 1, "path": "/home/ada/.vscode/extensions/a.b-1.0.0",
          "scheme": "file"}}]
        """);
    fuzz.scans(
        "vscode-obsolete", new VsCodeSource(), EXTENSIONS + ".obsolete", "{\"a.b-0.9.0\": true}");
    fuzz.scans(
        "vscode-manifest", new VsCodeSource(), EXTENSIONS + "a.b-1.0.0/package.json", MANIFEST);
  }
}
