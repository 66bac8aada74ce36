package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.util.ArrayList;
import java.util.List;

/// What a person answered to a rule and what came of it, in a line each.
final class AnswersText {
  private AnswersText() {}

  /// What still counts, for `status`: each line begins with the rule's name.
  static List<String> of(GuardAnswer rule, Words words) {
    var id = rule.get("id").text();
    var zone = rule.get("zone").text();
    var lines = new ArrayList<String>();
    var putOff = rule.get("history").get("put-off").number();
    var left = rule.get("deferral").get("left").number();
    if (putOff > 0) {
      lines.add(words.say("status.put-off", id, putOff, left));
    }
    for (var person : rule.get("history").get("people").items()) {
      var until = person.get("snoozed-until");
      if (person.get("you").flag() && until.isThere()) {
        lines.add(words.say("status.reminder", id, words.brief(until.text(), zone)));
      }
    }
    for (var answer : rule.get("answers").items()) {
      var kind = answer.get("kind").text();
      if (kind.equals("exemption-request")
          || kind.equals("exemption-code")
          || kind.equals("not-that-tool")
          || kind.equals("remove-now")) {
        lines.add(id + words.say("status.colon") + line(answer, zone, words));
      }
    }
    return lines;
  }

  /// One answer, with what came of it.
  static String line(GuardAnswer answer, String zone, Words words) {
    var kind = answer.get("kind").text();
    var at = words.brief(answer.get("at").text(), zone);
    var until = words.brief(answer.get("until").text(), zone);
    var state = answer.get("state").text();
    var said = words.or("answer." + kind, kind, at, until, answer.get("id").text());
    var became = state.equals("taken") ? "" : words.or("answer.state." + state, state);
    return said + became;
  }
}
