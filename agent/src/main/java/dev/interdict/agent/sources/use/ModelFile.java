package dev.interdict.agent.sources.use;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Jsonc;
import dev.interdict.agent.sources.reading.Pick;
import dev.interdict.agent.sources.reading.Yaml;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The settings file of a tool, and the keys in it that name a model. A model's name means
/// something only there: the same word in a text, a comment or another key is none.
///
/// @param tool as rules name it
/// @param place pattern of the file, relative to the home or a project's folder
/// @param keys as [Pick] takes them
record ModelFile(String tool, String place, Format format, String... keys) {

  enum Format {
    /// JSON, with comments or without.
    JSON,
    YAML,
    /// YAML in a file whose name many programs use: one without `model_list` is another's.
    LITELLM,
    /// Codex's own settings in TOML.
    CODEX
  }

  private static final int MAX_BYTES = 1 << 20;

  /// Claude Code's own variables that name a model.
  static final List<String> CLAUDE_VARIABLES =
      List.of(
          "ANTHROPIC_MODEL",
          "ANTHROPIC_SMALL_FAST_MODEL",
          "ANTHROPIC_DEFAULT_OPUS_MODEL",
          "ANTHROPIC_DEFAULT_SONNET_MODEL",
          "ANTHROPIC_DEFAULT_HAIKU_MODEL",
          "ANTHROPIC_DEFAULT_FABLE_MODEL",
          "CLAUDE_CODE_SUBAGENT_MODEL");

  private static final String[] CLAUDE_KEYS =
      Stream.concat(Stream.of("model"), CLAUDE_VARIABLES.stream().map(name -> "env/" + name))
          .toArray(String[]::new);
  private static final String[] OPENCODE_KEYS = {
    "model", "small_model", "agent/*/model", "mode/*/model", "command/*/model"
  };
  private static final String[] ZED_KEYS = {
    "agent/default_model/model",
    "agent/inline_assistant_model/model",
    "agent/inline_alternatives/*/model",
    "agent/commit_message_model/model",
    "agent/thread_summary_model/model",
    "agent/subagent_model/model",
    "assistant/default_model/model"
  };

  /// What a home and a project may hold alike.
  static final List<ModelFile> IN_PROJECTS =
      List.of(
          new ModelFile("claude-code", ".claude/settings.json", Format.JSON, CLAUDE_KEYS),
          new ModelFile("claude-code", ".claude/settings.local.json", Format.JSON, CLAUDE_KEYS),
          new ModelFile(
              "aider", ".aider.conf.yml", Format.YAML, "model", "weak-model", "editor-model"),
          new ModelFile(
              "aider",
              ".aider.model.settings.yml",
              Format.YAML,
              "*/name",
              "*/weak_model_name",
              "*/editor_model_name"),
          new ModelFile("codex", ".codex/config.toml", Format.CODEX),
          new ModelFile("gemini", ".gemini/settings.json", Format.JSON, "model", "model/name"),
          new ModelFile("opencode", "opencode.json", Format.JSON, OPENCODE_KEYS),
          new ModelFile("opencode", "opencode.jsonc", Format.JSON, OPENCODE_KEYS),
          new ModelFile("zed", ".zed/settings.json", Format.JSON, ZED_KEYS),
          litellm("config.yaml"),
          litellm("config.yml"),
          litellm("litellm_config.yaml"),
          litellm("litellm-config.yaml"),
          litellm("proxy_config.yaml"));

  /// What a home may hold besides.
  static final List<ModelFile> IN_HOMES =
      List.of(
          new ModelFile(
              "continue", ".continue/config.yaml", Format.YAML, "models/*/model", "models/*/uses"),
          new ModelFile(
              "continue",
              ".continue/config.json",
              Format.JSON,
              "models/*/model",
              "tabAutocompleteModel/model",
              "tabAutocompleteModel/*/model"),
          new ModelFile("zed", ".config/zed/settings.json", Format.JSON, ZED_KEYS),
          new ModelFile(
              "zed", ".var/app/dev.zed.Zed/config/zed/settings.json", Format.JSON, ZED_KEYS),
          new ModelFile("zed", "AppData/Roaming/Zed/settings.json", Format.JSON, ZED_KEYS),
          new ModelFile(
              "cline",
              ".cline/data/globalState.json",
              Format.JSON,
              "apiModelId",
              "openRouterModelId",
              "planModeApiModelId",
              "actModeApiModelId",
              "planModeOpenRouterModelId",
              "actModeOpenRouterModelId",
              "planModeOpenAiModelId",
              "actModeOpenAiModelId",
              "planModeClineModelId",
              "actModeClineModelId",
              "planModeLiteLlmModelId",
              "actModeLiteLlmModelId"),
          new ModelFile(
              "cline",
              ".cline/data/settings/providers.json",
              Format.JSON,
              "providers/*/settings/model"),
          new ModelFile("opencode", ".config/opencode/opencode.json", Format.JSON, OPENCODE_KEYS),
          new ModelFile("opencode", ".config/opencode/opencode.jsonc", Format.JSON, OPENCODE_KEYS),
          new ModelFile("opencode", ".config/opencode/config.json", Format.JSON, OPENCODE_KEYS),
          new ModelFile(
              "goose",
              ".config/goose/config.yaml",
              Format.YAML,
              "GOOSE_MODEL",
              "GOOSE_LEAD_MODEL",
              "GOOSE_PLANNER_MODEL"));

  /// Settings that an administrator puts over those of the users.
  static final List<ModelFile> ON_MACHINES =
      List.of(
          new ModelFile(
              "claude-code", "etc/claude-code/managed-settings.json", Format.JSON, CLAUDE_KEYS),
          new ModelFile(
              "claude-code",
              "Library/Application Support/ClaudeCode/managed-settings.json",
              Format.JSON,
              CLAUDE_KEYS),
          new ModelFile("opencode", "etc/opencode/opencode.json", Format.JSON, OPENCODE_KEYS));

  private static ModelFile litellm(String name) {
    return new ModelFile("litellm", name, Format.LITELLM, "model_list/*/litellm_params/model");
  }

  /// The models that the file names, in the form of [ModelName], each once; none where there is no
  /// such file.
  ///
  /// @param file without a link on the way
  /// @throws UnreadableException if it is there and cannot be read
  List<String> models(Tree tree, BytePath file) throws UnreadableException {
    return named(tree, file).stream()
        .<String>mapMulti((text, keep) -> {
          var name = ModelName.canonical(text);
          if (name != null) {
            keep.accept(name);
          }
        })
        .distinct()
        .toList();
  }

  private List<String> named(Tree tree, BytePath file) throws UnreadableException {
    return switch (format) {
      case JSON -> {
        var json = Jsonc.object(tree, file);
        yield json == null ? List.of() : picked(json);
      }
      case YAML -> picked(Yaml.documents(tree, file));
      case LITELLM -> {
        var head = tree.range(file, 0, MAX_BYTES);
        var named =
            head != null && new String(head, StandardCharsets.ISO_8859_1).contains("model_list");
        yield named ? picked(Yaml.documents(tree, file)) : List.of();
      }
      case CODEX -> {
        var bytes = tree.read(file, MAX_BYTES);
        yield bytes == null
            ? List.of()
            : CodexSettings.models(new String(bytes, StandardCharsets.UTF_8));
      }
    };
  }

  private List<String> picked(List<Json> documents) {
    return documents.stream().flatMap(document -> picked(document).stream()).toList();
  }

  private List<String> picked(Json json) {
    var found = new ArrayList<>(Pick.texts(json, keys));
    // With a service of somebody else behind it, an alias means that one's model.
    if (tool.equals("claude-code")
        && Endpoint.foreign(Pick.texts(json, "env/ANTHROPIC_BASE_URL"))) {
      found.removeIf(ModelName::isAlias);
    }
    if (tool.equals("aider") && json instanceof Json.Obj options) {
      // Aider's switches for a family, deprecated and still taken.
      ModelName.ALIASES.stream()
          .filter(alias -> options.get(alias) == Json.Bool.TRUE)
          .forEach(found::add);
    }
    return found;
  }
}
