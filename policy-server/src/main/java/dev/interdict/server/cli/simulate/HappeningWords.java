package dev.interdict.server.cli.simulate;

import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.story.Happening;
import dev.interdict.decide.story.Story;
import dev.interdict.json.Fields;
import dev.interdict.policy.Enforcement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Says each thing that happens in a sentence, one after the other: what a person may do is said
/// again only where it is something else. For one telling.
final class HappeningWords {
  private final StoryWords words;
  private final Story story;
  private final Map<String, String> lastChoices = new HashMap<>();

  HappeningWords(StoryWords words, Story story) {
    this.words = words;
    this.story = story;
  }

  String sentence(Happening happening) {
    var at = happening.at();
    var tool = with("tool", story.rule().tool().name());
    return switch (happening) {
      case Happening.Found _ -> words.text("found", tool);
      case Happening.Announced(var _, var on) ->
          words.text("announced." + (on ? "on" : "off"), tool);
      case Happening.OutOfScope(var _, var why) -> words.of("outside", why);
      case Happening.Told told -> told(told);
      case Happening.NobodyThere(var _, var person, var phase) ->
          person.isEmpty()
              ? words.of("machine", phase)
              : words.text("nobody", with("who", person, "what", words.of("phase", phase)));
      case Happening.HeldBack(var _, var person, var until) ->
          words.text(
              "held-back" + (person.isEmpty() ? ".machine" : ""),
              with("who", person, "until", until == null ? "" : moment(until, at)));
      case Happening.GaveUp(var _, var person) ->
          words.text("gave-up" + (person.isEmpty() ? ".machine" : ""), with("who", person));
      case Happening.DateSet(var _, var date, var before) -> date(date, before != null, at);
      case Happening.NotAtIt(var _, var person) -> words.text("not-at-it", with("who", person));
      case Happening.Reminding(var _, var person, var until) ->
          until == null
              ? words.text("reminding.no", with("who", person))
              : words.text("reminding", with("who", person, "until", moment(until, at)));
      case Happening.PutOff(var _, var person, var until, var left) ->
          until == null
              ? words.text(left == 0 ? "put-off.no-more" : "put-off.no", with("who", person))
              : words.text(
                  "put-off", with("who", person, "until", moment(until, at), "left", left));
      case Happening.Requested(var _, var person, var waits) ->
          words.text(
              waits == null ? "requested" : "requested.waits",
              with("who", person, "until", waits == null ? "" : moment(waits, at)));
      case Happening.Refused(var _, var reason) -> words.text("refused", with("reason", reason));
      case Happening.Exempted(var _, var until) ->
          words.text("exempted", with("until", moment(until, at)));
      case Happening.ExemptionEnded _ -> words.text("exemption-ended");
      case Happening.Held(var _, var hold, var why) ->
          words.text("held." + Fields.written(hold), with("reason", why));
      case Happening.Released _ -> words.text("released");
      case Happening.Travelled(var _, var zone) ->
          words.text("travelled", with("zone", zone.getId()));
      case Happening.NewVersion(var _, var effective, var anew) ->
          words.text(
              anew ? "new-version" : "new-version.same", with("until", moment(effective, at)));
      case Happening.SwitchedOff(var _, var until) ->
          words.text("switched-off", with("until", moment(until, at)));
      case Happening.SwitchedOn _ -> words.text("switched-on");
      case Happening.Left(var _, var person, var until) ->
          words.text("left", with("who", person, "until", moment(until, at)));
      case Happening.Returned(var _, var person) -> words.text("returned", with("who", person));
      case Happening.DateComes(var _, var on) -> words.text("date-comes." + (on ? "on" : "off"));
      case Happening.Enforced(var _, var enforcement, var present) ->
          enforced(enforcement, String.join(words.text("and"), new TreeSet<>(present)));
    };
  }

  private String told(Happening.Told told) {
    var tool = story.rule().tool();
    var may =
        told.may().stream()
            .map(choice ->
                choice == Happening.Choice.PUT_OFF
                    ? words.text("choice.put-off", with("left", told.putOffLeft()))
                    : words.of("choice", choice))
            .collect(Collectors.joining(words.text("comma")));
    var choices = may.equals(lastChoices.put(told.person(), may)) ? "may.as-before" : "may";
    return words.text(
        "told." + Fields.written(told.phase()),
        with(
            "who", told.person(),
            "tool", tool.name(),
            "repl", tool.replacement().name(),
            "what", words.of("enforcement", story.rule().enforcement()),
            "date",
                told.phase() == NoticePhase.ANNOUNCED
                    ? date(told.date(), told.at())
                    : moment(told.date(), told.at()),
            "may", words.text(choices, with("may", may))));
  }

  private String date(DeviceDate date, boolean again, Instant at) {
    var moment = date.at();
    return words.text(
        again ? "date.again" : "date",
        with(
            "date", moment == null ? "" : date(moment, at),
            "why",
                date.ring() != null && date.setBy() == DeviceDate.SetBy.EFFECTIVE_DATE
                    ? words.text("set-by.ring", with("ring", date.ring()))
                    : words.of("set-by", date.setBy())));
  }

  private String enforced(Enforcement enforcement, String present) {
    var tool = with("tool", story.rule().tool().name(), "present", present);
    return words.text("enforced." + Fields.written(enforcement), tool)
        + words.text("sentence-gap")
        + words.text(present.isEmpty() ? "present.nobody" : "present", tool);
  }

  /// As the clock on the wall shows it there.
  private String moment(Instant moment, Instant at) {
    return words.moment(moment.atZone(zone(at)));
  }

  private String date(Instant date, Instant at) {
    return words.date(date.atZone(zone(at)));
  }

  private ZoneId zone(Instant at) {
    return story.zones().apply(at);
  }

  private static Map<String, Object> with(Object... pairs) {
    var map = new HashMap<String, Object>();
    for (var i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
