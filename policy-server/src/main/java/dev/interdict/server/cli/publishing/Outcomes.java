package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.Published;
import java.util.List;

/// Prints what an attempt to publish came to, and gives its exit code.
public final class Outcomes {
  private Outcomes() {}

  public static int print(PublishOutcome outcome, Output output, Console console) {
    return print(outcome, List.of(), output, console);
  }

  /// @param young rules that not everybody can read, for programs; people were told before
  static int print(PublishOutcome outcome, List<TooYoung> young, Output output, Console console) {
    switch (outcome) {
      case PublishOutcome.Done(var publication) -> {
        if (output.forPrograms()) {
          output.print(
              members(publication)
                  .put("unreadable", young.stream().map(TooYoung::json).toList())
                  .build(),
              console);
        } else {
          console.field("Serial", String.valueOf(publication.serial()));
          console.field("Changes", publication.summary());
          console.field("SHA-256", publication.sha256());
          console.line("Published. Agents take it at their next contact.");
        }
      }
      case PublishOutcome.Unchanged(var serial) -> {
        if (output.forPrograms()) {
          output.print(Json.object().put("serial", serial).put("changes", "none").build(), console);
        } else {
          console.line("Nothing changed; serial " + serial + " stays.");
        }
      }
      case PublishOutcome.Held(var stop, var behind) -> {
        if (output.forPrograms()) {
          output.print(json(stop, behind), console);
        } else {
          console.line(words(stop));
        }
        if (behind && !output.forPrograms()) {
          console.line("Devices that hold newer files than this server do not take it before you");
          console.line("publish above those: interdict recover");
        }
      }
      case PublishOutcome.Refused(var kind, var reason) ->
          throw new Failure(code(kind), reason.text());
    }
    return Exit.OK;
  }

  /// The exit code of what was refused.
  public static int code(PublishOutcome.Reason kind) {
    return switch (kind) {
      case CONTENT -> Exit.REFUSED;
      case TRUST -> Exit.TRUST;
      case CONFLICT -> Exit.CONFLICT;
    };
  }

  static Json json(Published publication) {
    return members(publication).build();
  }

  private static Json.Builder members(Published publication) {
    var shown = publication.shownAt();
    return Json.object()
        .put("serial", publication.serial())
        .put("changes", publication.summary())
        .put("sha256", publication.sha256())
        .put("actor", publication.actor())
        .put("begun", publication.begunAt().toString())
        .put("shown", shown == null ? null : shown.toString());
  }

  private static Json json(Stop stop, boolean behind) {
    return Json.object()
        .put("all", stop.all())
        .put("rules", Json.texts(stop.rules().stream().sorted().map(RuleId::value).toList()))
        .put("reason", stop.reason())
        .put("behind", behind)
        .build();
  }

  private static String words(Stop stop) {
    var rules = String.join(", ", stop.rules().stream().sorted().map(RuleId::value).toList());
    if (stop.all()) {
      return "All rules are held: agents block and remove nothing from their next contact on."
          + (rules.isEmpty() ? "" : " Also held by name, and beyond that: " + rules + ".");
    }
    return rules.isEmpty()
        ? "No rule is held any more; agents go on at their next contact."
        : "Held: " + rules + ". Agents block and remove nothing of it from their next contact on.";
  }
}
