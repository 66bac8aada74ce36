package dev.interdict.agent.sources.use;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelSourceTest {
  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private List<String> texts() {
    var seen = station.seenBy(new ModelSource());
    assertEquals(List.of(), seen.gaps());
    return Workstation.texts(seen);
  }

  @Test
  void claude_code_states_its_models() {
    station.planting.file(
        "home/ada/.claude/settings.json",
        """
        {"model": "opus[1m]", "env": {"ANTHROPIC_SMALL_FAST_MODEL": "claude-haiku-4-5",
          "ANTHROPIC_API_KEY": "sk-canary"}, "permissions": {"allow": ["opus"]}}
        """);
    assertEquals(
        List.of("model opus in claude-code", "model claude-haiku-4-5 in claude-code"), texts());
  }

  @Test
  void claude_code_behind_the_address_of_another_vendor_is_a_client() {
    station.planting.file(
        "home/ada/.claude/settings.json",
        """
        {"model": "opus[1m]", "env": {"ANTHROPIC_BASE_URL": "https://api.moonshot.example/anthropic",
          "ANTHROPIC_MODEL": "kimi-k2"}}
        """);
    assertEquals(List.of("model kimi-k2 in claude-code"), texts());
  }

  @Test
  void claude_code_behind_the_vendors_own_address_means_the_vendors_models() {
    station.planting.file(
        "home/ada/.claude/settings.json",
        "{\"model\": \"opus\", \"env\": {\"ANTHROPIC_BASE_URL\": \"https://api.anthropic.com\"}}");
    assertEquals(List.of("model opus in claude-code"), texts());
    station.planting.file(
        "home/ada/.claude/settings.json",
        "{\"model\": \"opus\","
            + " \"env\": {\"ANTHROPIC_BASE_URL\": \"https://x.org/?api.anthropic.com\"}}");
    assertEquals(List.of(), texts());
  }

  @Test
  void aider_states_its_models() {
    station.planting.file(
        "home/ada/.aider.conf.yml",
        "# model: gpt-4o\nmodel: openrouter/anthropic/claude-sonnet-4.5\nweak-model: haiku\n"
            + "opus: true\nanthropic-api-key: sk-canary\nread: [sonnet]\n");
    station.planting.file(
        "home/ada/.aider.model.settings.yml",
        "- name: anthropic/claude-opus-4\n  weak_model_name: gpt-5-mini\n");
    assertEquals(
        List.of(
            "model claude-sonnet-4-5 in aider",
            "model haiku in aider",
            "model opus in aider",
            "model claude-opus-4 in aider",
            "model gpt-5-mini in aider"),
        texts());
  }

  @Test
  void other_tools_state_their_models() {
    station.planting.file(
        "home/ada/.continue/config.yaml",
        "models:\n"
            + "  - {name: Sonnet, provider: anthropic, model: claude-sonnet-4-5, apiKey: canary}\n"
            + "  - {uses: anthropic/claude-opus-4}\n");
    station.planting.file(
        "home/ada/.continue/config.json",
        "{\"models\": [{\"title\": \"claude-x\", \"provider\": \"ollama\", \"model\": \"qwen3\"}],"
            + " \"tabAutocompleteModel\": {\"model\": \"starcoder2:3b\"}}");
    station.planting.file(
        "home/ada/.config/zed/settings.json",
        "{ // zed\n \"agent\": {\"default_model\": {\"provider\": \"anthropic\","
            + " \"model\": \"claude-sonnet-4-5-latest\"},}, \"theme\": \"opus\"}");
    station.planting.file(
        "home/ada/.cline/data/globalState.json",
        "{\"actModeApiModelId\": \"claude-sonnet-4-5\", \"planModeOpenRouterModelId\":"
            + " \"x-ai/grok-4\", \"apiKey\": \"canary\", \"task\": \"use claude-opus-4\"}");
    station.planting.file(
        "home/ada/.cline/data/settings/providers.json",
        "{\"providers\": {\"anthropic\": {\"settings\": {\"model\": \"claude-opus-4\","
            + " \"apiKey\": \"canary\"}}}}");
    station.planting.file(
        "home/ada/.config/opencode/opencode.jsonc",
        "{\"model\": \"anthropic/claude-opus-4-5\", \"agent\": {\"plan\": {\"model\":"
            + " \"openai/gpt-5\"}}}");
    station.planting.file(
        "home/ada/.codex/config.toml",
        "model = \"gpt-5-codex\" # mine\nnotes = \"\"\"\nmodel = \"no\"\n\"\"\"\n"
            + "[profiles.c]\nmodel = 'claude-opus-4'\n[mcp_servers.x]\nmodel = \"none\"\n");
    station.planting.file(
        "home/ada/.gemini/settings.json", "{\"model\": {\"name\": \"gemini-3-pro\"}}");
    station.planting.file("home/ada/.config/goose/config.yaml", "GOOSE_MODEL: claude-4-sonnet\n");
    assertEquals(
        List.of(
            "model gpt-5-codex in codex",
            "model claude-opus-4 in codex",
            "model gemini-3-pro in gemini",
            "model claude-sonnet-4-5 in continue",
            "model claude-opus-4 in continue",
            "model qwen3 in continue",
            "model starcoder2:3b in continue",
            "model claude-sonnet-4-5-latest in zed",
            "model claude-sonnet-4-5 in cline",
            "model grok-4 in cline",
            "model claude-opus-4 in cline",
            "model claude-opus-4-5 in opencode",
            "model gpt-5 in opencode",
            "model claude-4-sonnet in goose"),
        texts());
  }

  @Test
  void projects_state_models_too() {
    station.planting.file("home/ada/app/.aider.conf.yml", "model: opus\n");
    station.planting.file("home/ada/app/opencode.json", "{\"model\": \"openai/gpt-5\"}");
    station.planting.file("home/ada/app/.claude/settings.local.json", "{\"model\": \"fable\"}");
    station.planting.file(
        "home/ada/proxy/config.yaml",
        "model_list:\n"
            + "  - model_name: fast\n"
            + "    litellm_params: {model: bedrock/anthropic.claude-3-haiku-20240307-v1:0, api_key:"
            + " canary}\n");
    station.planting.file("home/ada/chart/config.yaml", "{{ canary }}: [model: opus\n");
    station.planting.file("home/ada/.aider.conf.yml", "model: gpt-5\n");
    var seen = station.seenBy(new ProjectSource());
    assertEquals(List.of(), seen.gaps());
    assertEquals(
        List.of(
            "model opus in aider",
            "model fable in claude-code",
            "model gpt-5 in opencode",
            "model claude-3-haiku-20240307 in litellm"),
        Workstation.texts(seen));
  }

  @Test
  void words_elsewhere_are_no_models() {
    station.planting.file("home/ada/app/README.md", "claude-opus-4-5, sonnet and fable\n");
    station.planting.file("home/ada/app/codec.json", "{\"model\": \"opus\"}");
    station.planting.file("home/ada/.qoder/settings.json", "{\"model\": \"claude-opus-4\"}");
    station.planting.file("home/ada/app/.env", "TITLE=sonnet\n# AIDER_MODEL=opus\n");
    assertEquals(List.of(), texts());
    assertEquals(List.of(), station.seenBy(new ProjectSource()).items());
  }

  @Test
  void broken_settings_are_a_gap() {
    station.planting.file("home/ada/.gemini/settings.json", "{\"model\": ");
    station.planting.file("home/ada/.aider.conf.yml", "model: [\n");
    var seen = station.seenBy(new ModelSource());
    assertEquals(List.of(), seen.items());
    assertEquals(2, seen.gaps().size());
  }
}
