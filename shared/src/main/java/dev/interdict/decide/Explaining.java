package dev.interdict.decide;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A verdict with every input that made it, as data; the command line turns it into words.
public final class Explaining {
  private Explaining() {}

  /// The verdict at `now`.
  public static Json.Obj json(Verdict verdict, Instant now) {
    var json = Json.object().put("now", now.toString());
    return switch (verdict) {
      case Verdict.OutOfScope(var why) ->
          json.put("kind", "out-of-scope").put("outside", Fields.written(why)).build();
      case Verdict.Unannounced(var announce) ->
          json.put("kind", "unannounced").put("announce", announce.toString()).build();
      case Verdict.Exempt(var exemption) ->
          json.put("kind", "exempt")
              .put("until", exemption.until().toString())
              .put("case", exemption.id())
              .put("granted-by", exemption.grantedBy())
              .put("why", exemption.reason())
              .build();
      case Verdict.Held(var hold, var why) ->
          json.put("kind", "held").put("hold", Fields.written(hold)).put("why", why).build();
      case Verdict.Waiting(var date) -> json.put("kind", "waiting").put("date", date(date)).build();
      case Verdict.Due(var date, var enforcement) ->
          json.put("kind", "due")
              .put("date", date(date))
              .put("enforcement", Fields.written(enforcement))
              .build();
    };
  }

  private static Json.Obj date(DeviceDate date) {
    return Json.object()
        .put("at", text(date.at()))
        .put("set-by", Fields.written(date.setBy()))
        .put("effective", date.effective().toString())
        .put("notice-ends", text(date.noticeEnds()))
        .put("ring", date.ring())
        .put("last-call-ends", text(date.lastCall()))
        .put("end", text(date.end()))
        .build();
  }

  /// What is remembered that the date depends on.
  ///
  /// @param asker whose own story may be told with a name; others stay nameless
  /// @param awake the device's awake time in all
  public static Json.Obj json(Sighting sighting, History history, String asker, Duration awake) {
    var people = new ArrayList<Json>();
    for (var person : new TreeSet<>(sighting.people())) {
      var known = history.of(person);
      var tried = known.tried();
      people.add(
          Json.object()
              .put("you", person.equals(asker))
              .put("nobody", person.equals(Sighting.NOBODY))
              .put("first-shown", text(known.firstShown()))
              .put("last-shown", text(known.lastShown()))
              .put("given-up", text(known.givenUp()))
              .put(
                  "unshown-for",
                  tried == null || known.told() != null ? null : awake.minus(tried).toString())
              .put("snoozed-until", text(known.snoozedUntil()))
              .build());
    }
    return Json.object()
        .put("first-seen", text(history.firstSeen()))
        .put("people", people)
        .put("put-off", history.putOff())
        .put("put-off-by", history.putOffBy().toString())
        .put("requested", text(history.requested()))
        .build();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
