package dev.interdict.agent.sources.use;

import java.util.List;
import java.util.Set;

/// The variables that are looked for. Everything else that a person sets is not taken into the
/// inventory at all, whatever a rule asks for: only names that belong to an AI tool or service by
/// its own documentation.
final class AiVariables {
  private static final List<String> PREFIXES =
      List.of(
          "ANTHROPIC_",
          "CLAUDE_",
          "OPENAI_",
          "CODEX_",
          "GEMINI_",
          "GOOGLE_GEMINI_",
          "AIDER_",
          "CLINE_",
          "OPENCODE_",
          "AMP_",
          "CURSOR_",
          "COPILOT_",
          "GITHUB_COPILOT_",
          "GOOSE_",
          "KIRO_",
          "QODER_",
          "TRAE_",
          "WINDSURF_",
          "LITELLM_",
          "OPENROUTER_",
          "AZURE_OPENAI_",
          "DEEPSEEK_",
          "MISTRAL_",
          "XAI_");

  private static final Set<String> NAMES =
      Set.of(
          "CLAUDECODE",
          "GOOGLE_GENERATIVE_AI_API_KEY",
          "AWS_BEARER_TOKEN_BEDROCK",
          "GROQ_API_KEY",
          "PERPLEXITY_API_KEY",
          "COHERE_API_KEY",
          "TOGETHER_API_KEY",
          "FIREWORKS_API_KEY",
          "MOONSHOT_API_KEY",
          "DASHSCOPE_API_KEY",
          "ZAI_API_KEY",
          "MINIMAX_API_KEY",
          "HUGGINGFACE_API_KEY");

  private AiVariables() {}

  /// Whether the name is one of those.
  static boolean known(String name) {
    return NAMES.contains(name)
        || name.length() <= 128
            && PREFIXES.stream().anyMatch(name::startsWith)
            && name.chars().allMatch(c -> c == '_' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9');
  }
}
