package dev.interdict.server.wording;

import dev.interdict.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A sentence in English, and how to say it in another language. Immutable.
///
/// @param key under which the words of other languages have it; empty for what is the same in each,
///   such as a name, and for a sentence of which only the English is there
/// @param text the English
/// @param values what stands in it, in the order of the English
public record Sentence(String key, String text, List<Sentence> values) {
  /// What the name of a member ends with that says another in other languages.
  public static final String SAID = "-said";

  public Sentence {
    values = List.copyOf(values);
  }

  /// A sentence with a name.
  ///
  /// @param english with `%s` for each value
  /// @param values each a sentence or a word of its own, or anything else as it is written
  public static Sentence of(String key, String english, @Nullable Object... values) {
    return new Sentence(
        key,
        String.format(Locale.ROOT, english, values),
        Arrays.stream(values).map(Sentence::value).toList());
  }

  /// A word that the console has words for, such as the state of a draft.
  ///
  /// @param prefix of the console's words
  public static Sentence word(String prefix, String word) {
    return new Sentence(prefix + "." + word, word, List.of());
  }

  /// What nobody has in another language.
  public static Sentence plain(String text) {
    return new Sentence("", text, List.of());
  }

  /// What an exception says.
  public static Sentence of(Throwable failure) {
    return failure instanceof SentenceException said
        ? said.sentence()
        : plain(String.valueOf(failure.getMessage()));
  }

  private static Sentence value(@Nullable Object value) {
    return value instanceof Sentence sentence ? sentence : plain(String.valueOf(value));
  }

  /// Whether other languages may have it.
  public boolean isNamed() {
    return !key.isEmpty();
  }

  /// For programs that say it themselves: a text for what is the same in every language, else an
  /// object.
  public Json json() {
    return isNamed()
        ? Json.object()
            .put("key", key)
            .put("text", text)
            .put("values", values.stream().map(Sentence::json).toList())
            .build()
        : new Json.Text(text);
  }

  /// Puts its English into an answer under `member`, and how else to say it beside that.
  public static void put(Json.Builder answer, String member, @Nullable Sentence sentence) {
    answer.put(member, sentence == null ? null : sentence.text());
    if (sentence != null && sentence.isNamed()) {
      answer.put(member + SAID, sentence.json());
    }
  }

  /// The English.
  @Override
  public String toString() {
    return text;
  }
}
