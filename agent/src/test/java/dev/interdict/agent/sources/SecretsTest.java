package dev.interdict.agent.sources;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.scan.InventoryJson;
import dev.interdict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key or password that stands in any file that a source reads is in nothing that a source says.
final class SecretsTest {
  private static final String SECRET = "canary-5e1f";

  @TempDir Path root;

  /// What sources see, in every form in which it could leave them.
  private String all(Workstation station) {
    var items = new ArrayList<Item>();
    var gaps = new ArrayList<Gap>();
    for (var source : AllSources.all()) {
      var seen = station.seenBy(source);
      items.addAll(seen.items());
      gaps.addAll(seen.gaps());
    }
    var json = InventoryJson.write(new Inventory(List.of(), items, List.of(), gaps));
    return items + "\n" + gaps + "\n" + JsonWriter.line(json);
  }

  @Test
  void no_value_of_a_variable_and_no_key_in_settings_is_told() {
    var station = new Workstation(root);
    var sh =
        "export ANTHROPIC_API_KEY=%1$s OPENAI_API_KEY='%1$s'\nAIDER_MODEL=sk-%1$s\n"
                .formatted(SECRET)
            + "alias claude='ANTHROPIC_API_KEY=%1$s %1$s/claude'\nalias x='%1$s'\n"
                .formatted(SECRET)
            + "ANTHROPIC_BASE_URL=https://u:%1$s@x.org/%1$s\n".formatted(SECRET);
    for (var file : List.of(".bashrc", ".zshenv", ".profile", ".config/zsh/.zshrc", "app/.envrc")) {
      station.planting.file("home/ada/" + file, sh);
    }
    var assignment = "ANTHROPIC_API_KEY=\"%1$s\"\nCLAUDE_%1$s=x\n".formatted(SECRET);
    for (var file :
        List.of(".pam_environment", ".config/environment.d/x.conf", "app/.env", "app/.env.local")) {
      station.planting.file("home/ada/" + file, assignment);
    }
    station.planting.file("etc/environment", assignment);
    station.planting.file("etc/profile.d/x.sh", sh);
    station.planting.file(
        "home/ada/.config/fish/config.fish", "set -gx ANTHROPIC_API_KEY " + SECRET);
    station.planting.file(
        "home/ada/.config/powershell/profile.ps1", "$env:ANTHROPIC_API_KEY = '" + SECRET + "'");
    var json =
        "{\"apiKey\": \"%1$s\", \"model\": \"sk-%1$s\", \"env\": {\"ANTHROPIC_API_KEY\": \"%1$s\"}}"
            .formatted(SECRET);
    for (var file :
        List.of(
            ".claude/settings.json",
            ".config/opencode/opencode.json",
            ".cline/data/globalState.json",
            ".gemini/settings.json",
            "app/.claude/settings.json",
            ".continue/config.json")) {
      station.planting.file("home/ada/" + file, json);
    }
    station.planting.file("home/ada/.cline/data/settings/providers.json", "{\"" + SECRET);
    station.planting.file(
        "home/ada/.aider.conf.yml", "anthropic-api-key: %1$s\nmodel: [%1$s\n".formatted(SECRET));
    station.planting.file(
        "home/ada/app/.github/workflows/x.yml",
        "jobs: {a: {env: {K: %1$s}, steps: [{uses: 'a/b@v1'}]}}\n".formatted(SECRET));
    station.planting.file(
        "home/ada/app/Dockerfile",
        "ARG K=%1$s\nENV ANTHROPIC_API_KEY=%1$s\nFROM node\n".formatted(SECRET));
    station.planting.file(
        "home/ada/app/compose.yaml",
        "services: {a: {image: 'u:%1$s@x.org/y', environment: [K=%1$s]}}\n".formatted(SECRET));
    for (var file : List.of("sources.list", "sources.list.d/x.list")) {
      station.planting.file(
          "etc/apt/" + file,
          "deb https://u:%1$s@x.org/apt a b\ndeb https://u:a/%1$s@x.org/apt a b\n"
              .formatted(SECRET));
    }
    station.planting.file(
        "etc/yum.repos.d/x.repo",
        "[x]\nbaseurl=https://u:%1$s@x.org/y?key=%1$s\npassword=%1$s\n".formatted(SECRET));
    station.planting.file(
        "home/ada/.config/systemd/user/x.service", "[Service]\nEnvironment=K=" + SECRET);
    station.planting.file("home/ada/.claude/.credentials.json", "{\"token\": \"" + SECRET + "\"}");

    var said = all(station);
    assertTrue(said.contains("ANTHROPIC_API_KEY") && said.contains("x.org/apt"), said);
    var lines =
        said.lines().filter(line -> line.contains(SECRET)).collect(Collectors.joining("\n"));
    assertFalse(said.contains(SECRET), lines);
    assertFalse(said.contains(SECRET.toUpperCase(java.util.Locale.ROOT)), said);
  }

  @Test
  void the_test_would_see_a_secret() {
    var station = new Workstation(root);
    station.planting.file("home/ada/.codex/config.toml", "model = \"" + SECRET + "\"");
    assertTrue(all(station).contains(SECRET));
    assertTrue(SECRET.getBytes(StandardCharsets.UTF_8).length > 8);
  }
}
