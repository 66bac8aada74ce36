package dev.interdict.agent.sources.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackedEditorsTest {
  private static final String EDITOR = "home/ada/tools/VSCode-linux-x64/";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private void extension(String folder, String version) {
    station.planting.file(
        folder + "/package.json",
        "{\"publisher\": \"anthropic\", \"name\": \"claude-code\", \"version\": \"%s\"}"
            .formatted(version));
  }

  private List<String> seen() {
    return Workstation.textsWithOrigins(station.seenBy(new ProjectSource()));
  }

  @Test
  void portable_editor_has_its_extensions_beside_it() {
    station.planting.file(EDITOR + "resources/app/product.json", "{}");
    extension(EDITOR + "data/extensions/x", "2.1.328");
    extension(EDITOR + "resources/app/extensions/x", "2.1.300");
    assertEquals(
        List.of(
            "vscode:anthropic.claude-code@2.1.328 a portable editor",
            "vscode:anthropic.claude-code@2.1.300 built into a portable editor"),
        seen());
    var item = station.seenBy(new ProjectSource()).items().getFirst();
    assertEquals(
        List.of("/" + EDITOR + "data/extensions/x"), Workstation.parts(item, Part.Role.MAIN));
  }

  @Test
  void on_macos_the_folder_lies_beside_the_application() {
    extension("home/ada/apps/code-portable-data/extensions/x", "2.1.328");
    assertEquals(List.of("vscode:anthropic.claude-code@2.1.328 a portable editor"), seen());
  }

  @Test
  void folder_of_extensions_beside_no_editor_is_somebodys_own() {
    extension("home/ada/work/data/extensions/x", "2.1.328");
    station.planting.file("home/ada/work/resources/x", "");
    assertEquals(List.of(), seen());
  }
}
