package dev.interdict.agent.page;

import dev.interdict.agent.pipe.RefusedByGuardException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/// Carries the person's answers to the guard and tells what came of them.
///
/// @param clock by which "in one day" counts
record Deeds(Guard guard, InstantSource clock) {
  /// The choices of being reminded later.
  static final Map<String, Duration> LATER =
      Map.of(
          "1h", Duration.ofHours(1),
          "4h", Duration.ofHours(4),
          "1d", Duration.ofDays(1),
          "3d", Duration.ofDays(3));

  private static final Set<String> REASONS =
      Set.of(
          "not-looked",
          "no-rule",
          "not-yours",
          "not-now",
          "too-many",
          "bad-until",
          "no-reason",
          "not-disputable");

  /// Does what `form` asks for.
  Outcome done(String verb, String about, Form form) {
    try {
      return switch (verb) {
        case "remind" -> {
          var later = LATER.getOrDefault(form.get("in"), Duration.ofDays(1));
          var until = clock.instant().plus(later).toString();
          var answer = ask(verb, about, Map.of("until", until));
          yield done("done.remind", Map.of("until", answer.get("until").text()));
        }
        case "defer" -> {
          var answer = ask(verb, about, Map.of("times", "1", "reason", form.get("reason")));
          yield done(
              "done.defer",
              Map.of("until", answer.get("date").text(), "left", answer.get("left").text()));
        }
        case "remove" -> {
          ask(verb, about, Map.of());
          yield done("done.remove", Map.of());
        }
        case "request-exemption" -> {
          var with = Map.of("until", form.get("until"), "reason", form.get("reason"));
          var answer = ask(verb, about, with);
          var waits = answer.get("waits-until").text();
          yield waits.isEmpty()
              ? done("done.request", Map.of("case", answer.get("request").text()))
              : done(
                  "done.request.waits",
                  Map.of("case", answer.get("request").text(), "until", waits));
        }
        case "dispute" -> {
          var with = Map.of("finding", form.get("finding"), "reason", form.get("reason"));
          ask(verb, about, with);
          yield done("done.dispute", Map.of());
        }
        case "restore" -> {
          var things = ask(verb, about, Map.of()).get("restored").items();
          yield !things.isEmpty() && things.stream().allMatch(thing -> thing.get("restored").flag())
              ? done("done.restore", Map.of("path", things.getFirst().get("path").text()))
              : new Outcome(false, "no.restore", Map.of());
        }
        default -> new Outcome(false, "no.not-now", Map.of());
      };
    } catch (RefusedByGuardException e) {
      return new Outcome(
          false, "no." + (REASONS.contains(e.code()) ? e.code() : "other"), Map.of());
    } catch (IOException e) {
      return new Outcome(false, "no.guard", Map.of());
    }
  }

  private Said ask(String verb, String about, Map<String, String> with) throws IOException {
    return new Said(guard.ask(verb, about, with));
  }

  private static Outcome done(String key, Map<String, String> values) {
    return new Outcome(true, key, values);
  }
}
