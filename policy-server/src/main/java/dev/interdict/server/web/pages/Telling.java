package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the server itself wrote down, in the language of whoever reads it: the log keeps one
/// wording for ever, and what people wrote stays as it is. What is not understood, as of a newer
/// server, is shown as it stands. Pure functions.
public final class Telling {
  private static final Pattern PIECE =
      Pattern.compile(
          "(added|changed|withdrawn) ([a-z0-9-]+)|devices may tell: ([a-z]+)(, no host names)?|no"
              + " rules");
  private static final String NEXT = ", ";
  private static final String REASON = ": ";
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

  /// What the server itself gives as the reason of a hold that holds nothing.
  private static final String NOTHING_HELD = "Nothing is held.";

  /// Members that people wrote, in a language that nobody noted.
  private static final Set<String> BY_PEOPLE =
      Set.of("reason", "note", "comment", "text", "title", "conditions", "ticket");

  /// Members that the server wrote as English sentences.
  private static final Set<String> ENGLISH = Set.of("why", "warning", "detail");

  private Telling() {}

  /// A piece of what is told.
  ///
  /// @param language of the text, as `lang` has it: empty for one that nobody knows; null where it
  ///   is the reader's, or a name
  public record Told(String text, @Nullable String language) {}

  /// One member of a detail.
  public record Fact(String name, Told value) {}

  /// What a published list changed, from `added claude-code, changed cursor: reason`; the reason is
  /// a person's.
  public static List<Told> changes(String summary, Words words) {
    var pieces = new ArrayList<String>();
    var piece = PIECE.matcher(summary);
    var at = 0;
    do {
      if (!piece.region(at, summary.length()).lookingAt()) {
        return List.of(new Told(summary, "en"));
      }
      pieces.add(piece(piece.group(1), piece.group(2), piece.group(3), piece.group(4), words));
      at = piece.end() + NEXT.length();
    } while (summary.startsWith(NEXT, piece.end()));
    var told = new Told(words.list(pieces), null);
    if (piece.end() == summary.length()) {
      return List.of(told);
    }
    return summary.startsWith(REASON, piece.end())
        ? List.of(told, new Told(summary.substring(piece.end() + REASON.length()), ""))
        : List.of(new Told(summary, "en"));
  }

  private static String piece(
      @Nullable String change,
      @Nullable String rule,
      @Nullable String level,
      @Nullable String nameless,
      Words words) {
    if (change != null) {
      return words.text("telling." + change, String.valueOf(rule));
    }
    if (level == null) {
      return words.text("telling.no-rules");
    }
    var name = words.named("telling.level", level);
    return words.text(nameless == null ? "telling.tell" : "telling.tell-nameless", name);
  }

  /// What was done, from the name that the log keeps.
  public static String deed(String action, Words words) {
    return words.named("did", action);
  }

  /// The members of a detail of the log that say something, in their order, without the request,
  /// which is a link of its own.
  ///
  /// @param zone in which instants are told
  public static List<Fact> facts(Row detail, Words words, ZoneId zone) {
    return facts(detail, false, words, zone, "request-id");
  }

  /// The same of what happened, without what has a column of its own. The reason of what a device
  /// did is one of its own words, that of what somebody did is theirs.
  public static List<Fact> ofEvent(Row event, Words words, ZoneId zone) {
    return facts(event.row("detail"), !event.has("actor"), words, zone, "host", "times");
  }

  private static List<Fact> facts(
      Row detail, boolean byDevice, Words words, ZoneId zone, String... apart) {
    var facts = new ArrayList<Fact>();
    for (var member : detail.json().members().keySet()) {
      var text = detail.text(member);
      if (!text.isEmpty() && !List.of(apart).contains(member)) {
        if (member.equals("summary")) {
          changes(text, words)
              .forEach(told ->
                  facts.add(
                      new Fact(
                          words.named("detail", told.language() == null ? member : "reason"),
                          told)));
        } else {
          var of = byDevice && member.equals("reason") ? "error" : member;
          facts.add(new Fact(words.named("detail", member), value(of, text, words, zone)));
        }
      }
    }
    return List.copyOf(facts);
  }

  private static Told value(String member, String text, Words words, ZoneId zone) {
    if (member.equals("reason") && text.equals(NOTHING_HELD)) {
      return new Told(words.text("proposals.held.none"), null);
    }
    if (BY_PEOPLE.contains(member)) {
      return new Told(text, "");
    }
    if (member.equals("change")) {
      return ProposalText.of(text, words);
    }
    if (member.equals("words")) {
      return NoticedText.of(text, words);
    }
    if (ENGLISH.contains(member)) {
      return new Told(text, "en");
    }
    return switch (member) {
      case "error" -> new Told(words.named("error", text), null);
      case "problem" -> new Told(words.named("problem", text), null);
      case "os" -> new Told(words.named("os", text), null);
      case "source" -> new Told(words.named("source", text), null);
      case "role", "roles" -> new Told(Timeline.roles(text, words), null);
      default -> new Told(isFlag(text) ? flag(text, words) : moment(text, words, zone), null);
    };
  }

  /// A value whose member says nothing of its kind: yes or no in words, all else as it stands,
  /// since it may be anything's name.
  public static String flag(String text, Words words) {
    return isFlag(text) ? words.text("telling." + text) : text;
  }

  /// One side of what a proposal changes; a dash where nothing is said.
  public static String member(String name, String value, Words words) {
    if (value.isEmpty()) {
      return "–";
    }
    return name.equals("level") ? words.named("telling.level", value) : flag(value, words);
  }

  private static boolean isFlag(String text) {
    return text.equals("true") || text.equals("false");
  }

  private static String moment(String text, Words words, ZoneId zone) {
    try {
      return INSTANT.matcher(text).matches() ? words.dateTime(Instant.parse(text), zone) : text;
    } catch (DateTimeException e) {
      return text;
    }
  }
}
