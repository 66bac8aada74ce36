package dev.interdict.server.draft;

import dev.interdict.identity.Printable;
import dev.interdict.policy.Language;
import dev.interdict.policy.Localized;
import java.lang.Character.UnicodeScript;
import java.util.List;

/// The texts that people read: length, hidden characters, language.
final class TextLint {
  private static final int NAME = 48;
  private static final int NAME_HANZI = 24;
  private static final int BODY = 150;
  private static final int BODY_HANZI = 70;
  private static final int SUMMARY = 1000;

  private TextLint() {}

  static void check(Draft draft, List<Finding> findings) {
    var tool = draft.rule().tool();
    text(draft, "/name", tool.name(), NAME, NAME_HANZI, findings);
    text(draft, "/publisher", tool.publisher(), NAME, NAME_HANZI, findings);
    text(draft, "/replacement/name", tool.replacement().name(), NAME, NAME_HANZI, findings);
    localized(draft, "/reason", tool.reason(), findings);
    if (tool.replacement().note() != null) {
      localized(draft, "/replacement/note", tool.replacement().note(), findings);
    }
    if (draft.rule().stub() != null) {
      localized(draft, "/stub/ask", draft.rule().stub().ask(), findings);
    }
    if (tool.assessment() != null) {
      var summary = tool.assessment().summary();
      text(draft, "/assessment/summary", summary, SUMMARY, SUMMARY, findings);
    }
  }

  private static void localized(
      Draft draft, String pointer, Localized localized, List<Finding> findings) {
    for (var language : Language.values()) {
      var at = pointer + "/" + language.tag();
      var text = localized.in(language);
      text(draft, at, text, BODY, BODY_HANZI, findings);
      var hanzi = hanzi(text) > 0;
      if (hanzi != (language == Language.ZH_CN)) {
        findings.add(
            draft.finding(
                LintCode.R014,
                at,
                name(at)
                    + (hanzi
                        ? ": holds Hanzi; write this text in English"
                        : ": holds no Hanzi; write this text in Simplified Chinese")));
      }
    }
  }

  private static void text(
      Draft draft, String at, String text, int most, int mostHanzi, List<Finding> findings) {
    var hanzi = hanzi(text);
    var length = text.codePointCount(0, text.length());
    if (hanzi > mostHanzi) {
      findings.add(
          draft.finding(
              LintCode.R012,
              at,
              name(at) + ": " + hanzi + " Hanzi, limit " + mostHanzi + "; shorten the text"));
    } else if (length > most) {
      findings.add(
          draft.finding(
              LintCode.R012,
              at,
              name(at) + ": " + length + " characters, limit " + most + "; shorten the text"));
    }
    var visible = text.strip().replace("\n", "");
    if (!Printable.of(visible).equals(visible)) {
      findings.add(
          draft.finding(
              LintCode.R013,
              at,
              name(at)
                  + ": holds an invisible character: \""
                  + Printable.of(visible, 60)
                  + "\"; type the text anew"));
    }
  }

  private static String name(String pointer) {
    return pointer.substring(1).replace('/', '.');
  }

  private static long hanzi(String text) {
    return text.codePoints().filter(c -> UnicodeScript.of(c) == UnicodeScript.HAN).count();
  }
}
