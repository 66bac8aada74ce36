package dev.interdict.server.cli.simulate;

import dev.interdict.decide.Verdict;
import dev.interdict.decide.story.Happening;
import dev.interdict.decide.story.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What stands above a story and below it: the rule's dates, and how it ends.
final class StoryHead {
  private static final int WIDTH = 80;

  private final StoryWords words;
  private final Story story;
  private final StoryText text;

  StoryHead(StoryWords words, Story story) {
    this.words = words;
    this.story = story;
    this.text = new StoryText(words);
  }

  List<String> lines() {
    var rule = story.rule();
    var timeline = rule.timeline();
    var zone = story.life().device().zone();
    var lines = new ArrayList<String>();
    lines.addAll(
        text.folded(
            words.text(
                "head",
                Map.of(
                    "tool", rule.tool().name(),
                    "what", words.of("enforcement", rule.enforcement()),
                    "announce", moment(timeline.announceAt(), zone),
                    "effective", words.date(timeline.effectiveAt(zone).atZone(zone)),
                    "notice", words.text("hours", hours(timeline.minimumNotice())),
                    "zone", zone.getId())),
            WIDTH));
    lines.add("");
    return lines;
  }

  /// How it ends.
  List<String> end() {
    var notices = story.happenings().stream().filter(one -> one instanceof Happening.Told).count();
    var lines = new ArrayList<String>();
    lines.add("");
    lines.addAll(
        text.folded(
            words.text(
                ending(),
                Map.of(
                    "to", moment(story.to(), story.zones().apply(story.to())),
                    "notices", notices,
                    "date", date())),
            WIDTH));
    return lines;
  }

  private String ending() {
    return switch (story.last()) {
      case null ->
          story.happenings().stream().anyMatch(one -> one instanceof Happening.Enforced)
              ? "end.gone"
              : "end.nothing";
      case Verdict.OutOfScope _ -> "end.out-of-scope";
      case Verdict.Unannounced _ -> "end.unannounced";
      case Verdict.Exempt _ -> "end.exempt";
      case Verdict.Held _ -> "end.held";
      case Verdict.Waiting(var date) -> date.at() == null ? "end.untold" : "end.waiting";
      case Verdict.Due _ -> "end.due";
    };
  }

  private String date() {
    return story.last() instanceof Verdict.Waiting(var date) && date.at() != null
        ? moment(date.at(), story.zones().apply(story.to()))
        : "";
  }

  private String moment(Instant at, ZoneId zone) {
    return words.moment(at.atZone(zone));
  }

  private static Map<String, Object> hours(Duration notice) {
    return Map.of("hours", notice.toHours(), "minutes", notice.toMinutesPart());
  }
}
