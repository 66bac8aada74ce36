package dev.interdict.server.review;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;

/// The copy of a draft that is only observed, published beside the rule in force so that
/// workstations look for what the draft recognises. It goes when the draft is published.
public final class Trial {
  private static final String SUFFIX = "-trial";
  private static final int LONGEST = 64;

  private Trial() {}

  /// Its id.
  public static RuleId of(RuleId rule) {
    var id = rule.value();
    var room = LONGEST - SUFFIX.length();
    var stem = id.length() <= room ? id : id.substring(0, room).replaceFirst("-+$", "");
    return new RuleId(stem + SUFFIX);
  }

  /// The draft's rule as it is observed under `id`. A stub is for what is removed.
  public static Json.Obj rule(Json.Obj rule, RuleId id) {
    var trial = Json.object();
    rule.members()
        .forEach((name, value) -> {
          if (name.equals("id")) {
            trial.put(name, id.value());
          } else if (name.equals("enforcement")) {
            trial.put(name, "observe");
          } else if (!name.equals("stub")) {
            trial.put(name, value);
          }
        });
    return trial.build();
  }
}
