package dev.interdict.server.cli.exemption;

import dev.interdict.policy.Dates;
import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.Cases.Seen;
import dev.interdict.server.exemptions.Decider;
import dev.interdict.server.exemptions.DecisionOutcome;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionCase;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of commands that decide, and what they have in common: the decision is written down,
/// then the signed files are made to say it.
final class DecisionOptions {
  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The workstation's id, at least 6 digits of it, or its host name.")
  private String device = "";

  @Parameters(index = "1", paramLabel = "RULE", description = "The rule's id.")
  private String rule = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, at most 500 characters; the employee reads it.")
  private String reason = "";

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "The account of who decides (default: your login name).")
  private @Nullable String actor;

  /// One decision.
  @FunctionalInterface
  interface Deed {
    DecisionOutcome run(Decisions decisions, Decider by, About about, Seen seen, String reason);
  }

  /// @param until as [#until] reads it, or null
  int decide(Console console, DeedUntil deed, @Nullable String until) throws IOException {
    var ready = folder.ready();
    try (var open = OpenExemptions.of(ready, console)) {
      var about = open.about(device, rule);
      var by = open.decider(actor == null ? console.user() : actor, about);
      var end = until == null ? null : until(until, zone(open, about));
      var seen = open.cases().seen(about);
      var files = open.files(ready, console);
      var hindrance = files.hindrance();
      if (hindrance != null) {
        throw new Failure(Outcomes.code(hindrance.kind()), hindrance.reason());
      }
      var decisions = open.decisions(ready, console);
      return switch (deed.run(decisions, by, about, seen, end, reason)) {
        case DecisionOutcome.NotDone(var kind, var why) ->
            throw new Failure(Outcomes.code(kind), why.text());
        case DecisionOutcome.Done(var now) -> {
          var unpublished = files.publish(by.name());
          tell(now, open, console);
          if (unpublished != null) {
            throw new Failure(
                Outcomes.code(unpublished.kind()),
                now.id()
                    + " is decided, but no device sees it yet; the running server tries again: "
                    + unpublished.reason());
          }
          yield Exit.OK;
        }
      };
    }
  }

  /// One decision with an end.
  @FunctionalInterface
  interface DeedUntil {
    DecisionOutcome run(
        Decisions decisions,
        Decider by,
        About about,
        Seen seen,
        @Nullable Instant until,
        String reason);
  }

  int decide(Console console, Deed deed) throws IOException {
    return decide(
        console,
        (decisions, by, about, seen, _, why) -> deed.run(decisions, by, about, seen, why),
        null);
  }

  /// The rule's own zone, by which employees read its dates.
  private static ZoneId zone(OpenExemptions open, About about) {
    return open.list().rules().stream()
        .filter(one -> one.id().equals(about.rule()))
        .findFirst()
        .map(one -> one.timeline().zone())
        .orElse(ZoneOffset.UTC);
  }

  /// The end of a day, or an instant.
  static Instant until(String text, ZoneId zone) {
    try {
      if (text.indexOf('T') >= 0) {
        return Dates.instant(text);
      }
      LocalDate day = Dates.date(text);
      return day.plusDays(1).atStartOfDay(zone).toInstant();
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "--until " + e.getMessage());
    }
  }

  private void tell(ExemptionCase now, OpenExemptions open, Console console) {
    if (output.forPrograms()) {
      output.print(CaseView.json(now, open.cases()), console);
      return;
    }
    CaseView.print(now, open.cases(), console);
    console.line(
        switch (now.state()) {
          case CONFIRMED ->
              "The first of two steps. Somebody else takes the second: interdict exemption grant";
          case GRANTED -> "Granted. The device takes it at its next contact.";
          case REFUSED -> "Refused. The employee is told at the device's next contact.";
          case WITHDRAWN -> "Taken back. The device is told at its next contact.";
          case ENDED ->
              "Ended. At its next contact the device tells its people, and a fresh minimum notice"
                  + " runs.";
        });
  }
}
