package dev.interdict.policy;

import java.util.Locale;

/// The languages in which everything an employee reads must exist.
public enum Language {
  EN("en"),
  ZH_CN("zh-CN");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /// The BCP 47 tag, as signed documents write it.
  public String tag() {
    return tag;
  }

  /// The language nearest to a locale; English where there is none nearer.
  public static Language nearest(Locale locale) {
    return locale.getLanguage().equals("zh") ? ZH_CN : EN;
  }
}
