package dev.interdict.server.cli.simulate;

import dev.interdict.decide.Explaining;
import dev.interdict.decide.story.Happening;
import dev.interdict.decide.story.Story;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.util.Locale;

/// A story as data: what happens, in its order, each with its kind, its details and its sentence.
final class StoryJson {
  private StoryJson() {}

  static Json.Obj json(Story story, StoryWords words) {
    var sentences = new HappeningWords(words, story);
    var happenings =
        story.happenings().stream()
            .<Json>map(one -> json(one, story, sentences.sentence(one)))
            .toList();
    var last = story.last();
    return Json.object()
        .put("rule", story.rule().id().value())
        .put("device", story.life().device().id())
        .put("from", story.from().toString())
        .put("to", story.to().toString())
        .put("happenings", happenings)
        .put("at-the-end", last == null ? null : Explaining.json(last, story.to()))
        .build();
  }

  private static Json.Obj json(Happening happening, Story story, String sentence) {
    var at = happening.at();
    var json =
        Json.object()
            .put("at", at.toString())
            .put("local", at.atZone(story.zones().apply(at)).toOffsetDateTime().toString())
            .put("kind", kind(happening));
    switch (happening) {
      case Happening.Told told ->
          json.put("person", told.person())
              .put("phase", Fields.written(told.phase()))
              .put("date", told.date().toString())
              .put("may", Json.texts(told.may().stream().map(Fields::written).toList()))
              .put("put-off-left", told.putOffLeft());
      case Happening.NobodyThere(var _, var person, var phase) ->
          json.put("person", person.isEmpty() ? null : person).put("phase", Fields.written(phase));
      case Happening.HeldBack(var _, var person, var until) ->
          json.put("person", person.isEmpty() ? null : person)
              .put("until", until == null ? null : until.toString());
      case Happening.GaveUp(var _, var person) ->
          json.put("person", person.isEmpty() ? null : person);
      case Happening.DateSet(var _, var date, var before) ->
          json.put("date", date.at() == null ? null : date.at().toString())
              .put("set-by", Fields.written(date.setBy()))
              .put("ring", date.ring())
              .put("before", before == null ? null : before.toString());
      case Happening.Reminding(var _, var person, var until) ->
          json.put("person", person).put("until", until == null ? null : until.toString());
      case Happening.PutOff(var _, var person, var until, var left) ->
          json.put("person", person)
              .put("until", until == null ? null : until.toString())
              .put("left", left);
      case Happening.Requested(var _, var person, var waits) ->
          json.put("person", person).put("waits", waits == null ? null : waits.toString());
      case Happening.Exempted(var _, var until) -> json.put("until", until.toString());
      case Happening.Held(var _, var hold, var why) ->
          json.put("hold", Fields.written(hold)).put("why", why);
      case Happening.OutOfScope(var _, var why) -> json.put("outside", Fields.written(why));
      case Happening.Travelled(var _, var zone) -> json.put("zone", zone.getId());
      case Happening.NewVersion(var _, var effective, var anew) ->
          json.put("effective", effective.toString()).put("anew", anew);
      case Happening.Left(var _, var person, var until) ->
          json.put("person", person).put("until", until.toString());
      case Happening.Returned(var _, var person) -> json.put("person", person);
      case Happening.NotAtIt(var _, var person) -> json.put("person", person);
      case Happening.Enforced(var _, var enforcement, var present) ->
          json.put("enforcement", Fields.written(enforcement))
              .put("present", Json.texts(present.stream().sorted().toList()));
      case Happening.Announced(var _, var on) -> json.put("on", on);
      case Happening.DateComes(var _, var on) -> json.put("on", on);
      case Happening.SwitchedOff(var _, var until) -> json.put("until", until.toString());
      case Happening.Refused(var _, var reason) -> json.put("reason", reason);
      case Happening.Found _,
          Happening.ExemptionEnded _,
          Happening.Released _,
          Happening.SwitchedOn _ -> {}
    }
    return json.put("sentence", sentence).build();
  }

  /// The kind in kebab-case.
  private static String kind(Happening happening) {
    return happening
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
