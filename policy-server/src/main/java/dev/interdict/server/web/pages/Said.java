package dev.interdict.server.web.pages;

import dev.interdict.json.Json;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import dev.interdict.server.wording.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server says in a sentence of its own, in the language of whoever reads. Where only the
/// English is there, it is marked as that. Pure functions.
public final class Said {
  private Said() {}

  /// @param member the sentence's, beside which the answer has its name
  public static Told of(Row answer, String member, Words words) {
    var said = said(answer.json().get(member + Sentence.SAID), words);
    if (said != null) {
      return new Told(said, null);
    }
    return new Told(answer.text(member), words.tag().startsWith("en") ? null : "en");
  }

  /// What lint says of every finding of a code.
  ///
  /// @param part `title`, `why` or `advice`
  public static Told lint(Row finding, String part, Words words) {
    var english = finding.text(part);
    var key = "lint." + finding.text("code") + "." + part;
    var said = words.sentence(key, english, List.of());
    return said == null ? new Told(english, "en") : new Told(said, null);
  }

  private static @Nullable String said(@Nullable Json json, Words words) {
    if (!(json instanceof Json.Obj sentence)) {
      return null;
    }
    var row = new Row(sentence);
    var values = new ArrayList<Object>();
    if (sentence.get("values") instanceof Json.Arr(var items)) {
      for (var item : items) {
        var value = said(item, words);
        values.add(
            value != null
                ? value
                : item instanceof Json.Text(var text)
                    ? text
                    : item instanceof Json.Obj inner ? new Row(inner).text("text") : "");
      }
    }
    return words.sentence(row.text("key"), row.text("text"), values);
  }
}
