package dev.interdict.agent.wording;

/// What every message file must keep to, whatever it is for.
public final class MessageRules {
  private MessageRules() {}

  /// The first message with an apostrophe that is not doubled, or nothing. A single one is text in
  /// most places, and before a brace it makes text of a placeholder.
  public static String quoted(Messages messages) {
    for (var key : messages.keys()) {
      var pattern = messages.pattern(key);
      if (pattern.replace("''", "").contains("'")) {
        return key + "=" + pattern;
      }
    }
    return "";
  }
}
