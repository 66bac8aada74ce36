package dev.interdict.agent.sources.use;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelNameTest {
  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-5, claude-opus-4-5",
    "Claude-Opus-4-5[1m], claude-opus-4-5",
    "anthropic/claude-sonnet-4.5, claude-sonnet-4-5",
    "openrouter/anthropic/claude-3.7-sonnet:thinking, claude-3-7-sonnet",
    "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0, claude-sonnet-4-5-20250929",
    "eu.anthropic.claude-3-5-sonnet-20241022-v2:0, claude-3-5-sonnet-20241022",
    "anthropic.claude-instant-v1, claude-instant",
    "vertex_ai/claude-opus-4@20250514, claude-opus-4",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-20250514-v1:0,"
        + " claude-opus-4-20250514",
    "projects/p/locations/l/publishers/anthropic/models/claude-opus-4, claude-opus-4",
    "claude-3-5-sonnet-latest, claude-3-5-sonnet-latest",
    "opus, opus",
    "deepseek-v3, deepseek-v3",
    "ollama/qwen2.5-coder:7b, qwen2.5-coder:7b",
    "us.meta.llama3-1-70b, us.meta.llama3-1-70b"
  })
  void every_form_of_a_name_is_one(String written, String canonical) {
    assertEquals(canonical, ModelName.canonical(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "two words",
        "https://host/model",
        "sk-ant-api03-canary",
        "openai/sk-canary",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc",
        "anthropic/",
        "a\u202eb",
        "$MODEL"
      })
  void what_is_no_name_is_none(String written) {
    assertNull(ModelName.canonical(written));
  }
}
