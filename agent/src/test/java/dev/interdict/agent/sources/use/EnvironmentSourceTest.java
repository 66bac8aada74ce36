package dev.interdict.agent.sources.use;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentSourceTest {
  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private List<String> texts() {
    var seen = station.seenBy(new EnvironmentSource());
    assertEquals(List.of(), seen.gaps());
    return Workstation.texts(seen);
  }

  @Test
  void each_start_up_file_tells_of_the_variables_that_matter() {
    station.planting.file("home/ada/.bashrc", "export ANTHROPIC_API_KEY=canary HOME_TOKEN=x\n");
    station.planting.file("home/ada/.config/zsh/.zshrc", "export OPENAI_API_KEY=canary\n");
    station.planting.file("home/ada/.config/fish/conf.d/k.fish", "set -gx GEMINI_API_KEY canary\n");
    station.planting.file(
        "home/ada/.config/powershell/profile.ps1", "$env:CLAUDE_CODE_USE_BEDROCK = 1\n");
    station.planting.file("home/ada/.pam_environment", "CLAUDE_CONFIG_DIR DEFAULT=/x\n");
    station.planting.file("home/ada/.config/environment.d/a.conf", "CODEX_HOME=/x\n");
    station.planting.file("etc/environment", "ANTHROPIC_AUTH_TOKEN=canary\nPATH=/bin\n");
    station.planting.file("etc/profile.d/ai.sh", "export XAI_API_KEY=canary\n");
    assertEquals(
        List.of(
            "variable ANTHROPIC_API_KEY",
            "variable OPENAI_API_KEY",
            "variable GEMINI_API_KEY",
            "variable CLAUDE_CODE_USE_BEDROCK",
            "variable CLAUDE_CONFIG_DIR",
            "variable CODEX_HOME",
            "variable XAI_API_KEY",
            "variable ANTHROPIC_AUTH_TOKEN"),
        texts());
    var item = station.seenBy(new EnvironmentSource()).items().getFirst();
    assertEquals("/home/ada/.bashrc", item.location().toString());
    assertEquals(List.of(), item.parts());
  }

  @Test
  void variable_is_told_once_for_each_file() {
    station.planting.file(
        "home/ada/.profile", "export OPENAI_API_KEY=a\nexport OPENAI_API_KEY=b\n");
    station.planting.file("home/ada/.zshrc", "export OPENAI_API_KEY=a\n");
    assertEquals(List.of("variable OPENAI_API_KEY", "variable OPENAI_API_KEY"), texts());
  }

  @Test
  void what_sets_no_variable_is_none() {
    station.planting.file(
        "home/ada/.bashrc",
        "# export ANTHROPIC_API_KEY=x\nunset ANTHROPIC_API_KEY\necho $ANTHROPIC_API_KEY\n"
            + "cat <<EOF\nexport ANTHROPIC_API_KEY=x\nEOF\nexport MY_ANTHROPIC_API_KEY=x\n"
            + "export anthropic_api_key=x\n");
    station.planting.file("etc/environment", "ANTHROPIC_API_KEY=\n#CLAUDE_CODE_OAUTH_TOKEN=x\n");
    assertEquals(List.of(), texts());
  }

  @Test
  void settings_of_claude_code_and_terminals_of_editors_count() {
    station.planting.file(
        "home/ada/.claude/settings.json",
        "{\"env\": {\"ANTHROPIC_AUTH_TOKEN\": \"canary\", \"PATH\": \"x\"}}");
    station.planting.file(
        "home/ada/.config/Code/User/settings.json",
        """
        {
          // terminal
          "terminal.integrated.env.linux": {
            "ANTHROPIC_BASE_URL": "https://x.org",
            "OPENAI_API_KEY": null,
          },
          "other": {"GEMINI_API_KEY": "x"},
        }
        """);
    station.planting.file(
        "etc/claude-code/managed-settings.json", "{\"env\": {\"CLAUDE_CODE_USE_VERTEX\": \"1\"}}");
    assertEquals(
        List.of(
            "variable ANTHROPIC_AUTH_TOKEN",
            "variable ANTHROPIC_BASE_URL",
            "variable CLAUDE_CODE_USE_VERTEX"),
        texts());
  }

  @Test
  void variable_that_names_a_model_names_it_for_its_tool() {
    station.planting.file(
        "home/ada/.profile",
        "export ANTHROPIC_MODEL='us.anthropic.claude-opus-4-5-20251101-v1:0'\n"
            + "export AIDER_MODEL=sonnet OPENAI_MODEL=gpt-5\n");
    assertEquals(
        List.of(
            "variable ANTHROPIC_MODEL",
            "variable AIDER_MODEL",
            "variable OPENAI_MODEL",
            "model claude-opus-4-5-20251101 in claude-code",
            "model sonnet in aider"),
        texts().stream()
            .sorted(java.util.Comparator.comparing(t -> !t.startsWith("v") ? t : ""))
            .toList());
  }

  @Test
  void address_of_another_vendor_means_a_client_and_no_model() {
    station.planting.file(
        "home/ada/.profile",
        "export ANTHROPIC_BASE_URL=https://api.deepseek.com/anthropic\n"
            + "export ANTHROPIC_AUTH_TOKEN=canary\nexport ANTHROPIC_MODEL=opus\n"
            + "export ANTHROPIC_SMALL_FAST_MODEL=deepseek-chat\n");
    assertEquals(
        List.of(
            "variable ANTHROPIC_BASE_URL",
            "variable ANTHROPIC_AUTH_TOKEN",
            "variable ANTHROPIC_MODEL",
            "variable ANTHROPIC_SMALL_FAST_MODEL",
            "model deepseek-chat in claude-code"),
        texts());
  }

  @Test
  void start_up_file_among_ones_own_files_is_followed_and_one_outside_is_a_gap() {
    station.planting.file("home/ada/dotfiles/zshrc", "export OPENAI_API_KEY=x\n");
    station.planting.link("home/ada/.zshrc", "dotfiles/zshrc");
    station.planting.file("nix/bashrc", "export ANTHROPIC_API_KEY=x\n");
    station.planting.link("home/ada/.bashrc", "/nix/bashrc");
    var seen = station.seenBy(new EnvironmentSource());
    assertEquals(List.of("variable OPENAI_API_KEY"), Workstation.texts(seen));
    assertEquals("/home/ada/.zshrc", seen.items().getFirst().location().toString());
    assertEquals(1, seen.gaps().size());
    assertEquals(Reason.LINK_IN_PATH, seen.gaps().getFirst().reason());
  }

  @Test
  void projects_set_variables_too() {
    station.planting.file("home/ada/app/.env", "ANTHROPIC_API_KEY=canary\nDB=x\n");
    station.planting.file("home/ada/app/.env.local", "OPENAI_API_KEY=canary\n");
    station.planting.file("home/ada/app/.env.example", "GEMINI_API_KEY=your-key\n");
    station.planting.file("home/ada/app/.envrc", "export AIDER_MODEL=opus\n");
    station.planting.file("home/ada/app/.envoy", "CLAUDE_X=1\n");
    station.planting.file(
        "home/ada/app/.claude/settings.json", "{\"env\": {\"CLAUDE_CODE_USE_BEDROCK\": \"1\"}}");
    station.planting.folder("home/ada/venv/.env");
    var seen = station.seenBy(new ProjectSource());
    assertEquals(
        List.of(
            "variable CLAUDE_CODE_USE_BEDROCK",
            "variable ANTHROPIC_API_KEY",
            "variable OPENAI_API_KEY",
            "variable AIDER_MODEL",
            "model opus in aider"),
        Workstation.texts(seen));
    assertEquals("project", seen.items().getFirst().origin());
    assertEquals("environment", seen.items().getFirst().source());
  }
}
