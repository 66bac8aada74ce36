package dev.interdict.server.web.pages;

import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a proposal changes, in the language of whoever decides: it keeps one line in one wording,
/// to which people agree. What is not understood, as of a newer server, is shown as it stands. Pure
/// functions.
public final class ProposalText {
  private static final Pattern SUBJECT =
      Pattern.compile("(?:rings of workstations|the fleet|what devices may tell|what is held): ");
  private static final String NEXT = ", ";
  private static final String MORE = ", and more";

  /// A kind of step, and how it is said.
  private record Kind(Pattern pattern, BiFunction<MatchResult, Words, @Nullable String> said) {
    static Kind of(String pattern, BiFunction<MatchResult, Words, @Nullable String> said) {
      return new Kind(Pattern.compile(pattern), said);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "(\\d{1,9}) workstations?, (\\d{1,9}) of them into an EARLIER ring",
              (step, words) -> part("change.earlier", step, words)),
          Kind.of(
              "(\\d{1,9}) workstations?, (\\d{1,9}) of them under WIDER bounds, so rules are held"
                  + " later",
              (step, words) -> part("change.looser", step, words)),
          Kind.of(
              "(\\d{1,9}) workstations? at once, MANY of their ring",
              (step, words) -> words.text("change.many", number(step, 1))),
          Kind.of(
              "another ORDER among rings that workstations are in: (.+?)(?=, rules held LATER: |,"
                  + " and more$|$)",
              (step, words) -> words.text("change.order", step.group(1))),
          Kind.of(
              "rules held LATER: (failures|percent) (\\d{1,9}) -> (\\d{1,9}|none)",
              ProposalText::bound),
          Kind.of("(\\d{1,9}) workstations? OUT of it \\((.+)\\)", ProposalText::out),
          Kind.of("devices tell more than before", plain("change.tell-more")),
          Kind.of("employees read something else about it", plain("change.tell-other")),
          Kind.of("cannot be read by this version", plain("change.tell-unread")),
          Kind.of("lets go of the hold of every rule", plain("change.resume-all")),
          Kind.of("lets go of (.+)", (step, words) -> words.text("change.resume", step.group(1))));

  private static final Pattern OF = Pattern.compile("(\\d{1,9}) of (.+)");

  private ProposalText() {}

  /// @param change such as `the fleet: 2 workstations OUT of it (2 of Quality)`
  public static Told of(String change, Words words) {
    var subject = SUBJECT.matcher(change);
    var steps = subject.lookingAt() ? steps(change, subject.end(), words) : List.<String>of();
    if (steps.isEmpty()) {
      return new Told(change, "en");
    }
    var all = steps.getFirst();
    for (var step : steps.subList(1, steps.size())) {
      all = words.text("change.and", all, step);
    }
    return new Told(change.endsWith(MORE) ? words.text("change.more", all) : all, null);
  }

  /// None where one is not understood: half of a change says the wrong thing.
  private static List<String> steps(String change, int begin, Words words) {
    var steps = new ArrayList<String>();
    var at = begin;
    while (at < change.length() && !change.substring(at).equals(MORE)) {
      var from = change.startsWith(NEXT, at) ? at + NEXT.length() : at;
      var step = step(change, from, words);
      if (step == null) {
        return List.of();
      }
      steps.add(step.text());
      at = step.end();
    }
    return steps;
  }

  private record Said(String text, int end) {}

  private static @Nullable Said step(String change, int from, Words words) {
    for (var kind : KINDS) {
      var matcher = kind.pattern().matcher(change).region(from, change.length());
      if (matcher.lookingAt()) {
        var said = kind.said().apply(matcher.toMatchResult(), words);
        return said == null ? null : new Said(said, matcher.end());
      }
    }
    return null;
  }

  private static BiFunction<MatchResult, Words, @Nullable String> plain(String key) {
    return (_, words) -> words.text(key);
  }

  private static String part(String key, MatchResult step, Words words) {
    var all = number(step, 1);
    var part = number(step, 2);
    return words.text(all == part ? key : key + "-of", all, part);
  }

  private static String bound(MatchResult step, Words words) {
    var key = "change." + step.group(1);
    return step.group(3).equals("none")
        ? words.text(key + ".none", number(step, 2))
        : words.text(key, number(step, 2), number(step, 3));
  }

  private static @Nullable String out(MatchResult step, Words words) {
    var departments = new ArrayList<String>();
    for (var each : step.group(2).split("; ", -1)) {
      var of = OF.matcher(each);
      if (of.matches()) {
        var name =
            of.group(2).equals("no department")
                ? words.text("overview.no-department")
                : of.group(2);
        departments.add(words.text("change.out.of", name, number(of.toMatchResult(), 1)));
      } else if (!each.equals("and more")) {
        return null;
      }
    }
    var all = words.list(departments);
    var named = step.group(2).endsWith("; and more") ? words.text("change.more", all) : all;
    return words.text("change.out", number(step, 1), named);
  }

  private static long number(MatchResult step, int group) {
    return Long.parseLong(step.group(group));
  }
}
