package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.NoGuardException;
import dev.interdict.agent.pipe.RefusedByGuardException;
import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import java.io.PrintWriter;
import java.util.Objects;

/// Tells a person why a command failed, and what works all the same.
record Failure(Exception cause) {
  private static final int REFUSED = 4;

  /// What the process ends with.
  int code() {
    if (cause instanceof RefusedByGuardException refused) {
      return switch (Objects.requireNonNullElse(refused.code(), "")) {
        case "bad-until", "no-reason", "code-misread" -> Commands.USAGE;
        case "not-looked" -> Commands.FAILED;
        default -> REFUSED;
      };
    }
    return Commands.FAILED;
  }

  /// In words, for a person.
  void tell(GuardCommand command, PrintWriter err) {
    var words = command.words();
    if (command.options.json() && cause instanceof RefusedByGuardException refused) {
      command.print(Json.object().put("error", message()).put("code", refused.code()).build());
    }
    var paper = new Paper(err, Paper.COLUMNS, false);
    switch (cause) {
      case NoGuardException _ when EnrolmentChecks.isNotEnrolled(command.options.state()) -> {
        if (command.options.json()) {
          command.print(Json.object().put("error", message()).put("code", "not-enrolled").build());
        }
        paper.line(words.say("not-enrolled"));
        paper.line(words.say("not-enrolled.do"));
      }
      case NoGuardException _ -> {
        paper.line(words.say("no-guard"));
        paper.line(words.say("no-guard.still"));
        paper.line(words.say("no-guard.start"));
        paper.line(words.say("no-guard.ask", message()));
      }
      case RefusedByGuardException refused when refused.code() != null ->
          paper.line(words.or("refused." + refused.code(), message(), command.asked()));
      default -> paper.line("interdict-agent: " + message());
    }
    err.flush();
  }

  private String message() {
    return Printable.of(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
  }
}
