package dev.interdict.server.web.pages;

import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the server counted and found worth a look, in the language of whoever reads it: why the
/// circuit breaker held a rule, and what a preview warns of. It keeps one wording for ever, with
/// the figures of that moment; what is not understood is shown as it stands. Pure functions.
public final class NoticedText {
  private static final Pattern GROUP = Pattern.compile("#|@|\\(\\.\\+\\)");

  /// @param key of the message that says it, whose arguments are the groups
  /// @param groups `#` for a number, `@` for a length of time, else a name
  private record Kind(String key, Pattern pattern, List<String> groups) {
    static Kind of(String key, String pattern) {
      return new Kind(
          key,
          Pattern.compile(pattern.replace("#", "(\\d{1,18})").replace("@", "(P[0-9DTHMS.]{1,40})")),
          GROUP.matcher(pattern).results().map(MatchResult::group).toList());
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of("noticed.failures", "removal failed on # workstations within @, more than #"),
          Kind.of(
              "noticed.failure-rate",
              "removal failed on # of # workstations of ring (.+) within @, more than" + " # %"),
          Kind.of(
              "noticed.put-into",
              "removal failed on # of # workstations that were put into ring (.+), more than it"
                  + " allows within @"),
          Kind.of(
              "noticed.not-that-tool",
              "on # workstations people say \"not that tool\" within a day, more than #"),
          Kind.of(
              "noticed.more-than-told",
              "it matches on # workstations, and its reviewers were told #"),
          Kind.of("noticed.not-observed", "not observed: no published rule recognises the tool .*"),
          Kind.of(
              "noticed.few-looked",
              "most workstations have not looked yet; what they have is not counted"),
          Kind.of("noticed.nowhere", "it matches nowhere"),
          Kind.of(
              "noticed.critical", "it hits workstations of critical groups: look at the sample .*"),
          Kind.of(
              "noticed.too-many",
              "# workstations have more than # matches: nothing will happen there"),
          Kind.of("noticed.silent", "# workstations are silent; they count as last heard"),
          Kind.of("noticed.too-old", "# workstations have agents too old to read it"));

  private NoticedText() {}

  /// @param noticed as the server wrote it down
  public static Told of(String noticed, Words words) {
    for (var kind : KINDS) {
      var matcher = kind.pattern().matcher(noticed);
      if (matcher.matches()) {
        var arguments = arguments(matcher.toMatchResult(), kind.groups(), words);
        return new Told(words.text(kind.key(), arguments), null);
      }
    }
    return new Told(noticed, "en");
  }

  private static Object[] arguments(MatchResult found, List<String> groups, Words words) {
    var arguments = new Object[found.groupCount()];
    for (var i = 0; i < arguments.length; i++) {
      arguments[i] = argument(found.group(i + 1), groups.get(i), words);
    }
    return arguments;
  }

  private static Object argument(String text, String group, Words words) {
    if (group.equals("#")) {
      return Long.parseLong(text);
    }
    try {
      return group.equals("@") ? words.span(Duration.parse(text)) : text;
    } catch (DateTimeException e) {
      return text;
    }
  }
}
