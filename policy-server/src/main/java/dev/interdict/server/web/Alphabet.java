package dev.interdict.server.web;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.UTF16;
import dev.interdict.policy.Language;
import java.util.Comparator;
import java.util.Locale;

/// The order of names for whoever reads a language: by pinyin in Chinese, in English without regard
/// to case; by code points where that does not tell two apart, so that no two names are equal.
///
/// By ICU (CLDR's `zh` is pinyin): the collator of the JDK has the order of GB 2312, by pinyin only
/// for its 3,755 commonest characters, and puts those of names such as 闫, 覃, 岑 and 滕 behind 左.
final class Alphabet {
  private Alphabet() {}

  /// Thread-safe.
  static Comparator<String> of(Language language) {
    var collator = Collator.getInstance(Locale.forLanguageTag(language.tag())).freeze();
    Comparator<String> names = collator::compare;
    return names.thenComparing(new UTF16.StringComparator(true, false, 0)::compare);
  }
}
