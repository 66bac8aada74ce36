package dev.interdict.server.web.pages;

import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one step of a change means, in the language of whoever reviews it: the server judges a
/// change in one wording for ever, such as `2026-07-10T10:00 -> 2026-07-24T10:00: later`. What is
/// not understood, as of a newer server, is shown as it stands. Pure functions.
public final class StepText {
  private static final String OF = ": ";
  private static final String TO = " -> ";
  private static final Pattern OLDER =
      Pattern.compile("WIDER for (\\d{1,9}) workstations? with .*");
  private static final Pattern SOONER = Pattern.compile("EARLIER by (\\d.*)");
  private static final Pattern WORDS = Pattern.compile("[a-z]+(?:[,:]? [a-z]+)*");
  private static final Pattern BETWEEN = Pattern.compile("[^a-z]+");

  private StepText() {}

  /// @param step its words, or the warning beside a difference
  public static Told of(String step, Words words) {
    var whole = phrase(step, words);
    if (whole != null) {
      return new Told(whole, null);
    }
    // What people wrote may hold a colon, so that the judgement is what follows the last.
    var end = step.lastIndexOf(OF);
    var judged = end < 0 ? null : phrase(step.substring(end + OF.length()), words);
    if (judged != null) {
      return new Told(words.text("step.of", arrow(step.substring(0, end)), judged), null);
    }
    return step.contains(TO) ? new Told(arrow(step), null) : new Told(step, "en");
  }

  private static String arrow(String values) {
    return values.replace(TO, " → ");
  }

  private static @Nullable String phrase(String text, Words words) {
    var older = OLDER.matcher(text);
    if (older.matches()) {
      return words.text("step.wider-older", Long.parseLong(older.group(1)));
    }
    var sooner = SOONER.matcher(text);
    if (sooner.matches()) {
      return words.text("step.earlier-by", sooner.group(1));
    }
    var small = text.toLowerCase(Locale.ROOT);
    // A value with anything else in it is no judgement.
    if (!WORDS.matcher(small).matches()) {
      return null;
    }
    var name = BETWEEN.matcher(small).replaceAll("-");
    var said = words.named("step.is", name);
    return said.equals(name) ? null : said;
  }
}
