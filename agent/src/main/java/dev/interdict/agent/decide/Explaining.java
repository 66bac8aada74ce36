package dev.interdict.agent.decide;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A verdict with every input that made it, as data; the command line turns it into words.
public final class Explaining {
  private Explaining() {}

  /// The verdict at `now`.
  public static Json.Obj json(Verdict verdict, Instant now) {
    var json = Json.object().put("now", now.toString());
    return switch (verdict) {
      case Verdict.OutOfScope(var why) -> json.put("kind", "out-of-scope").put("why", why).build();
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
      case Verdict.Waiting(var date, var _) ->
          json.put("kind", "waiting").put("date", date(date)).build();
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
        .build();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
