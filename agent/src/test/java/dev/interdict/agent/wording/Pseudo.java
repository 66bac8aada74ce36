package dev.interdict.agent.wording;

import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.MessagePattern.Part;
import dev.interdict.policy.Language;
import java.util.HashMap;
import java.util.Map;

/// A language that nobody speaks, made from English: two fifths longer, accented, each message in
/// brackets. Where a bracket is missing, something was cut; where a letter has no accent, the text
/// came from no message file.
public final class Pseudo {
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String ACCENTED = "áƀçđéƒǧĥíĵķłḿñóƥɋřšŧúṽŵẋýžÁƁÇĐÉƑǦĤÍĴĶŁḾÑÓƤɊŘŠŦÚṼŴẊÝŽ";

  private Pseudo() {}

  /// The messages of `file` beside `owner` in that language.
  public static Messages of(Class<?> owner, String file) {
    return of(Messages.load(owner, file, Language.EN));
  }

  static Messages of(Messages english) {
    var patterns = new HashMap<String, String>();
    for (var key : english.keys()) {
      patterns.put(key, pattern(english.pattern(key)));
    }
    return new Messages(Language.EN, Map.copyOf(patterns), null);
  }

  /// The pattern with all of its text changed and none of its syntax; what stands in a branch is
  /// not bracketed again.
  static String pattern(String english) {
    var pattern = new MessagePattern(english);
    var out = new StringBuilder("⟦");
    var end = message(pattern, 0, out);
    assert end == pattern.countParts() - 1;
    return out.append("⟧").toString();
  }

  private static int message(MessagePattern pattern, int start, StringBuilder out) {
    var from = pattern.getPart(start).getLimit();
    for (var i = start + 1; ; i++) {
      var part = pattern.getPart(i);
      text(pattern.getPatternString().substring(from, part.getIndex()), out);
      if (part.getType() == Part.Type.MSG_LIMIT) {
        return i;
      }
      if (part.getType() == Part.Type.ARG_START) {
        i = argument(pattern, i, out);
      }
      from = pattern.getPart(i).getLimit();
    }
  }

  private static int argument(MessagePattern pattern, int start, StringBuilder out) {
    var limit = pattern.getLimitPartIndex(start);
    var whole = pattern.getPatternString();
    var from = pattern.getPart(start).getIndex();
    if (pattern.getPart(start).getArgType() != ArgType.NONE) {
      for (var i = start + 1; i < limit; i++) {
        if (pattern.getPartType(i) == Part.Type.MSG_START) {
          out.append(whole, from, pattern.getPart(i).getLimit());
          i = message(pattern, i, out);
          from = pattern.getPart(i).getIndex();
        }
      }
    }
    out.append(whole, from, pattern.getPart(limit).getLimit());
    return limit;
  }

  private static void text(String english, StringBuilder out) {
    var letters = 0;
    for (var i = 0; i < english.length(); i++) {
      var c = english.charAt(i);
      var at = PLAIN.indexOf(c);
      out.append(at < 0 ? c : ACCENTED.charAt(at));
      letters += at < 0 ? 0 : 1;
      if (at >= 0 && letters % 5 == 0) {
        out.append("~~");
      }
    }
  }
}
