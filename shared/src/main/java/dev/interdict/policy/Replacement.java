package dev.interdict.policy;

import dev.interdict.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to use instead. Its identities are protected: whatever the rule's matchers say, the
/// approved replacement is never removed.
///
/// @param url shown to the employee; never fetched
public record Replacement(
    String name, String url, @Nullable Localized note, List<Matcher> identities) {
  public Replacement {
    identities = List.copyOf(identities);
  }

  static Replacement read(Fields fields) {
    var note = fields.optionalObject("note");
    var replacement =
        new Replacement(
            fields.text("name"),
            fields.parsed("url", Replacement::https, ""),
            note == null ? null : Localized.read(note),
            fields.list("identities", (item, at) -> MatcherReader.read(item, at, fields.faults())));
    fields.end();
    return replacement;
  }

  private static String https(String url) {
    if (!url.startsWith("https://") || url.length() < 12 || url.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("\"" + url + "\" must start with https://");
    }
    return url;
  }
}
