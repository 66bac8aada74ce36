package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.pipe.NoGuardException;
import dev.interdict.agent.pipe.RefusedByGuardException;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `interdict-agent doctor`: whether the agent can do its work here, and what to do where it
/// cannot. Helps most when no guard runs.
@Command(
    name = "doctor",
    description = "Checks whether the agent can do its work here, and says what to do if not.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {"0:all is well", "1:something is not, and it says what", GuardCommand.WRONG})
final class DoctorCommand extends GuardCommand {

  /// What the package for Linux is told about the enrolment.
  private static final Path SETTINGS = Path.of("/etc/interdict-agent");

  @Override
  public Integer call() {
    var checks = checks(options.guard(), options.state());
    if (options.json()) {
      print(Json.object().put("checks", checks.stream().map(Check::json).toList()).build());
    } else {
      tell(checks, words(), paper());
    }
    return checks.stream().allMatch(Check::ok) ? 0 : 1;
  }

  /// What the guard says of itself, if one runs, and what can be seen without it.
  static List<Check> checks(GuardClient guard, StateDirectory state) {
    var checks = new ArrayList<Check>();
    var now = Instant.now();
    try {
      var answer = new GuardAnswer(guard.ask("doctor", null));
      answer.get("checks").items().forEach(check -> checks.add(Check.of(check)));
      var ca = answer.get("ca").raw();
      if (!ca.isEmpty()) {
        checks.add(CaCheck.kept(ca, now));
      }
      var status = new GuardAnswer(guard.ask("status", null));
      checks.add(new Check("scan", StatusCommand.whole(status), status.get("gaps").text()));
    } catch (RefusedByGuardException e) {
      checks.add(new Check("guard", false, String.valueOf(e.getMessage())));
    } catch (NoGuardException e) {
      if (EnrolmentChecks.isNotEnrolled(state)) {
        checks.add(new Check("enrolled", false, state.path().toString()));
        checks.addAll(EnrolmentChecks.of(SETTINGS, now));
        checks.addAll(EnrolmentChecks.lastTry(state));
      } else {
        checks.add(new Check("guard", false, state.socket().toString()));
        checks.addAll(kept(state, now));
      }
    } catch (IOException e) {
      checks.add(new Check("guard", false, String.valueOf(e.getMessage())));
    }
    checks.addAll(Surroundings.checks(state, System.getenv()));
    return checks;
  }

  /// What the guard would have told of, where we may look ourselves.
  private static List<Check> kept(StateDirectory state, Instant now) {
    try {
      var ca = Files.isReadable(state.uplink()) ? Uplink.load(state).ca() : null;
      return ca == null ? List.of() : List.of(CaCheck.kept(ca, now));
    } catch (IOException e) {
      return List.of(new Check("proxy", false, String.valueOf(e.getMessage())));
    }
  }

  static void tell(List<Check> checks, Words words, Paper paper) {
    for (var check : checks) {
      paper.mark(check.ok(), words.say(check.ok() ? "mark.ok" : "mark.fail"), check.name(words));
      if (!check.ok()) {
        var advice = words.or("doctor.do." + check.name(), "");
        if (!advice.isEmpty()) {
          paper.line("      " + advice);
        }
      }
    }
    paper.blank();
    var failed = checks.stream().filter(check -> !check.ok()).count();
    paper.line(failed == 0 ? words.say("doctor.well") : words.say("doctor.ill", failed));
    if (checks.stream().anyMatch(check -> check.name().equals("guard") && !check.ok())) {
      paper.line(words.say("no-guard.still"));
    }
  }

  /// @param name a stable name
  /// @param detail what was seen
  record Check(String name, boolean ok, String detail) {
    static Check of(GuardAnswer check) {
      return new Check(
          check.get("name").text(), check.get("ok").flag(), check.get("detail").text());
    }

    Json json() {
      return Json.object().put("name", name).put("ok", ok).put("detail", detail).build();
    }

    /// What was checked and how it is.
    String name(Words words) {
      var key = "doctor." + name + (ok ? ".ok" : ".fail");
      return words.or(key, name + ": " + detail, said(words));
    }

    private String said(Words words) {
      return switch (name) {
        case "policy" -> words.or("policy." + detail.toLowerCase(Locale.ROOT), detail);
        case "time", "policy-age", "ca", "ca-ended" ->
            words.date(detail, ZoneId.systemDefault().getId());
        case "proxy", "last-error" -> detail.equals("none") ? words.say("doctor.none") : detail;
        default -> detail;
      };
    }
  }
}
