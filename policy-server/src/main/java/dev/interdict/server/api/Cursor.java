package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The place after the last row of a page. To clients it is a word that they give back; a made-up
/// one names some place in the same list, which they may read anyhow.
final class Cursor {
  private static final JsonLimits LIMITS = new JsonLimits(2_000, 2, 1_000, 10, false);

  private Cursor() {}

  static String written(List<String> place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(JsonWriter.compact(Json.texts(place)));
  }

  /// The place of a word, in `parts` parts; null where there is no word.
  static @Nullable List<String> read(@Nullable String word, int parts) {
    if (word == null) {
      return null;
    }
    try {
      if (JsonReader.read(Base64.getUrlDecoder().decode(word), LIMITS) instanceof Json.Arr(var all)
          && all.size() == parts
          && all.stream().allMatch(Json.Text.class::isInstance)) {
        return all.stream().map(one -> ((Json.Text) one).value()).toList();
      }
    } catch (JsonException | IllegalArgumentException e) {
      // Said below.
    }
    throw Problem.query("page_after is not what an answer gave as next");
  }

  /// A place that is one number; null for the first page.
  static @Nullable Long number(@Nullable List<String> after) {
    return after == null ? null : number(after, 0);
  }

  /// A place that is one number.
  ///
  /// @param first for the first page
  static long number(@Nullable List<String> after, long first) {
    try {
      return after == null ? first : Long.parseLong(after.getFirst());
    } catch (NumberFormatException e) {
      throw Problem.query("page_after is not what an answer gave as next");
    }
  }
}
