package dev.interdict.server.web;

import dev.interdict.policy.Language;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.SetCookie;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// In which language somebody reads: as the address says, else as they chose before, else as their
/// browser prefers, else English. Pure functions.
final class Visitor {
  /// The query's key, and the cookie that remembers the choice.
  static final String KEY = "lang";

  private Visitor() {}

  static Words words(HttpRequest request) {
    var asked = request.parameter(KEY);
    var chosen = language(asked);
    if (chosen == null) {
      chosen = language(request.cookie(KEY));
    }
    return Words.in(chosen == null ? preferred(request) : chosen);
  }

  /// The `Set-Cookie` field that remembers a choice just made, or null.
  static @Nullable String cookie(HttpRequest request) {
    var chosen = language(request.parameter(KEY));
    return chosen == null
        ? null
        : SetCookie.field(request, KEY, chosen.tag(), SetCookie.SameSite.LAX, SetCookie.CHOICE);
  }

  private static @Nullable Language language(@Nullable String tag) {
    for (var language : Language.values()) {
      if (language.tag().equals(tag)) {
        return language;
      }
    }
    return null;
  }

  private static Language preferred(HttpRequest request) {
    var ranges = String.join(",", request.headers().getOrDefault("accept-language", List.of()));
    try {
      for (var range : Locale.LanguageRange.parse(ranges)) {
        var locale = Locale.forLanguageTag(range.getRange());
        if (locale.getLanguage().equals("zh") || locale.getLanguage().equals("en")) {
          return Language.nearest(locale);
        }
      }
    } catch (IllegalArgumentException e) {
      // A browser that cannot say what it prefers gets English.
    }
    return Language.EN;
  }
}
