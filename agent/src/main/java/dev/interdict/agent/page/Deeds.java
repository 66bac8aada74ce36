package dev.interdict.agent.page;

import dev.interdict.agent.pipe.GuardAnswer;
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
          "no-codes",
          "no-challenge",
          "code-misread",
          "code-wrong",
          "code-spent",
          "code-over",
          "not-disputable");

  /// Does what `form` asks for.
  Outcome done(String verb, String about, Form form) {
    try {
      return switch (verb) {
        case "remind" -> {
          var later = LATER.getOrDefault(form.get("in"), Duration.ofDays(1));
          var until = clock.instant().plus(later).toString();
          var answer = ask(verb, about, Map.of("until", until));
          yield done("done.remind", Map.of("until", answer.get("until").raw()));
        }
        case "defer" -> {
          var answer = ask(verb, about, Map.of("times", "1", "reason", form.get("reason")));
          yield done(
              "done.defer",
              Map.of("until", answer.get("date").raw(), "left", answer.get("left").raw()));
        }
        case "remove" -> {
          ask(verb, about, Map.of());
          yield done("done.remove", Map.of());
        }
        case "request-exemption" -> {
          var with = Map.of("until", form.get("until"), "reason", form.get("reason"));
          var answer = ask(verb, about, with);
          var waits = answer.get("waits-until").raw();
          yield waits.isEmpty()
              ? done("done.request", Map.of("case", answer.get("request").raw()))
              : done(
                  "done.request.waits",
                  Map.of("case", answer.get("request").raw(), "until", waits));
        }
        case "exemption-code" -> {
          var answer = ask(verb, about, Map.of("code", form.get("code")));
          var challenge = answer.get("challenge").raw();
          yield challenge.isEmpty()
              ? done("done.code", Map.of("until", answer.get("until").raw()))
              : done("done.challenge", Map.of("challenge", challenge));
        }
        case "dispute" -> {
          var with = Map.of("finding", form.get("finding"), "reason", form.get("reason"));
          ask(verb, about, with);
          yield done("done.dispute", Map.of());
        }
        case "restore" -> {
          var things = ask(verb, about, Map.of()).get("restored").items();
          yield !things.isEmpty() && things.stream().allMatch(thing -> thing.get("restored").flag())
              ? done("done.restore", Map.of("path", things.getFirst().get("path").raw()))
              : new Outcome(false, "no.restore", Map.of());
        }
        default -> new Outcome(false, "no.not-now", Map.of());
      };
    } catch (RefusedByGuardException e) {
      var code = e.code();
      var known = code != null && REASONS.contains(code);
      return new Outcome(false, "no." + (known ? code : "other"), Map.of());
    } catch (IOException e) {
      return new Outcome(false, "no.guard", Map.of());
    }
  }

  private GuardAnswer ask(String verb, String about, Map<String, String> with) throws IOException {
    return new GuardAnswer(guard.ask(verb, about, with));
  }

  private static Outcome done(String key, Map<String, String> values) {
    return new Outcome(true, key, values);
  }
}
