package dev.interdict.agent.sources.use;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.sources.SourceFuzz;
import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings of tools that name models and variables.
class UseFuzzTest {
  @TempDir Path root;

  @Test
  void names_of_models() throws Exception {
    Fuzz.of("model-name")
        .seeds("openrouter/anthropic/claude-sonnet-4.5:beta", "us.anthropic.claude-x-v1:0[1m]")
        .words("/", "anthropic.", "us.", "@", "-v1", "[", ":", "claude")
        .run(input -> {
          var text = new String(input, StandardCharsets.UTF_8);
          var name = ModelName.canonical(text);
          assertTrue(name == null || name.chars().allMatch(c -> c > ' ' && c < 0x7f), name);
          Endpoint.foreign(List.of(text));
          CodexSettings.models(text);
        });
  }

  @Test
  void settings_of_tools() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.scans(
        "claude-settings",
        new EnvironmentSource(),
        "home/ada/.claude/settings.json",
        "{\"model\": \"opus\", \"env\": {\"ANTHROPIC_MODEL\": \"x\", \"CLAUDE_A\": null}}");
    fuzz.scans(
        "claude-models",
        new ModelSource(),
        "home/ada/.claude/settings.json",
        "{\"model\": \"opus\", \"env\": {\"ANTHROPIC_BASE_URL\": \"https://x\"}}");
    fuzz.scans(
        "aider-settings",
        new ModelSource(),
        "home/ada/.aider.conf.yml",
        "model: a/b\nweak-model: &c d\nopus: true\n");
    fuzz.scans(
        "codex-settings",
        new ModelSource(),
        "home/ada/.codex/config.toml",
        "model = \"a\"\n[profiles.b]\nmodel = 'c'\nx = '''\n'''\n");
  }
}
