package dev.interdict.agent.sources.use;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings a model's name, which every provider and tool decorates differently, into the one form
/// that rules are written in: `claude-opus-4-5`, in lower case, without the provider.
final class ModelName {
  /// What Claude Code and Aider take in place of a name; it means a model only in a known key.
  static final Set<String> ALIASES = Set.of("opus", "sonnet", "haiku", "fable", "opusplan");

  private static final int LONGEST = 128;

  /// Of Amazon Bedrock's inference profiles and its names of vendors.
  private static final List<String> REGIONS =
      List.of("us.", "eu.", "apac.", "global.", "us-gov.", "jp.", "au.");

  private ModelName() {}

  /// The model that `text` names, or null where that is no name of one: an address, a key in the
  /// wrong place, something with blanks.
  static @Nullable String canonical(String text) {
    var name = text.strip().toLowerCase(Locale.ROOT);
    if (name.contains("://") || name.contains("application-inference-profile")) {
      return null;
    }
    name = name.substring(name.lastIndexOf('/') + 1);
    var bracket = name.indexOf('[');
    name = bracket < 0 ? name : name.substring(0, bracket);
    name = unprefixed(name);
    if (name.startsWith("claude")) {
      name = claude(name);
    }
    return valid(name) ? name : null;
  }

  /// Whether `text` is an alias, with the size of the context after it or without.
  static boolean isAlias(String text) {
    var name = canonical(text);
    return name != null && ALIASES.contains(name);
  }

  private static String unprefixed(String name) {
    var bare = name;
    for (var region : REGIONS) {
      if (bare.startsWith(region)) {
        bare = bare.substring(region.length());
        break;
      }
    }
    return bare.startsWith("anthropic.") ? bare.substring("anthropic.".length()) : name;
  }

  /// `@20250514` of Vertex AI, `:thinking` of OpenRouter, `-v1:0` of Bedrock, `4.5` for `4-5`.
  private static String claude(String name) {
    var end = name.indexOf('@');
    var bare = end < 0 ? name : name.substring(0, end);
    var colon = bare.indexOf(':');
    bare = colon < 0 ? bare : bare.substring(0, colon);
    var version = bare.lastIndexOf("-v");
    if (version > 0 && version + 2 < bare.length() && digits(bare.substring(version + 2))) {
      bare = bare.substring(0, version);
    }
    return bare.replace('.', '-');
  }

  private static boolean digits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean valid(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && Character.isLetterOrDigit(name.charAt(0))
        && !isKey(name)
        && name.chars()
            .allMatch(
                c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._:+@".indexOf(c) >= 0);
  }

  /// A key that was put where the model belongs; it must not leave as a model's name.
  private static boolean isKey(String name) {
    return name.startsWith("sk-") || name.startsWith("key-") || name.startsWith("aiza");
  }
}
