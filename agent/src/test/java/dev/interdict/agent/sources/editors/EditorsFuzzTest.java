package dev.interdict.agent.sources.editors;

import dev.interdict.agent.sources.SourceFuzz;
import dev.interdict.agent.sources.reading.Zips;
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

  private static final String PLUGIN =
      """
      <!DOCTYPE idea-plugin [<!ENTITY e "x">]>
      <idea-plugin><id>com.example.x</id><name>X &amp; Y</name><version>1.2</version></idea-plugin>
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

  @Test
  void plugins_of_jetbrains() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var home = "home/ada/.local/share/JetBrains/GoLand2026.1/";
    fuzz.scans(
        "jetbrains-jar",
        new JetBrainsSource(),
        home + "x/lib/x.jar",
        Zips.of(
            "META-INF/MANIFEST.MF", "Version: 1\n", PluginDescriptor.PLACE, PLUGIN, "a/B", "x"));
    fuzz.scans(
        "jetbrains-descriptor", new JetBrainsSource(), home + "y/META-INF/plugin.xml", PLUGIN);
    fuzz.scans(
        "jetbrains-disabled",
        new JetBrainsSource(),
        "home/ada/.config/JetBrains/GoLand2026.1/disabled_plugins.txt",
        "com.example.x\n");
  }
}
