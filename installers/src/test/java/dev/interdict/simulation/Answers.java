package dev.interdict.simulation;

import dev.interdict.agent.guard.Fairness;
import dev.interdict.agent.guard.Station;
import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/// What a person says to a notice. A disk that fails meanwhile is the answer that this person gets,
/// and not the guard's end.
record Answers(Workstation at, Station station, Fairness fairness, Random random) {
  void answer(RuleId rule, String user) {
    try {
      switch (random.nextInt(8)) {
        case 0, 1 -> remind(rule, user);
        case 2, 3, 4 -> putOff(rule, user);
        case 5 -> removeNow(rule, user);
        case 6 -> request(rule, user);
        default -> dispute(rule, user);
      }
    } catch (IOException e) {
      at.story().met("answer not kept");
      at.story().tell(at.agenda().instant(), at.toString(), "answer not kept: " + e.getMessage());
    }
  }

  private Json.Obj ask(String verb, RuleId rule, String user, Map<String, String> with)
      throws IOException {
    var said = station.answer(verb, rule, user, with);
    at.story().met(verb);
    at.story()
        .tell(
            at.agenda().instant(),
            at.toString(),
            user + " asks to " + verb + " " + rule + ": " + said);
    return said;
  }

  private void remind(RuleId rule, String user) throws IOException {
    var until = station.clock.now().plus(Duration.ofHours(1 + random.nextInt(60)));
    var said = ask("remind", rule, user, Map.of("until", until.toString()));
    if (at.fair() && said.get("until") instanceof Json.Text(var promised)) {
      fairness.remindPromised(at.moment(), rule, user, Instant.parse(promised));
    }
  }

  private void putOff(RuleId rule, String user) throws IOException {
    var said = ask("defer", rule, user, Map.of());
    if (at.fair() && said.get("date") instanceof Json.Text(var date)) {
      fairness.putOff(at.moment(), rule, at.people(rule), Instant.parse(date));
    }
  }

  private void removeNow(RuleId rule, String user) throws IOException {
    if (ask("remove", rule, user, Map.of()).get("done") != null && at.fair()) {
      fairness.removeNow(rule, user);
    }
  }

  private void request(RuleId rule, String user) throws IOException {
    var until = station.clock.now().plus(Duration.ofDays(20)).atZone(at.zone()).toLocalDate();
    var with = Map.of("until", until.toString(), "reason", "needed");
    var said = ask("request-exemption", rule, user, with);
    if (!(said.get("request") instanceof Json.Text)) {
      return;
    }
    var waits = said.get("waits-until") instanceof Json.Text(var end) ? Instant.parse(end) : null;
    if (at.fair()) {
      fairness.requested(at.moment(), rule, waits);
    }
  }

  private void dispute(RuleId rule, String user) throws IOException {
    for (var item : at.items()) {
      var owner = item.owner();
      if (at.is(item, rule) && (owner == null || owner.user().equals(user))) {
        var with = Map.of("finding", at.key(item), "reason", "mine");
        if (ask("dispute", rule, user, with).get("done") != null) {
          at.disputes(rule + at.key(item));
        }
        return;
      }
    }
  }
}
