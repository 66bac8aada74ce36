package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.server.breaker.Trip;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict breaker`.
@Command(
    name = "breaker",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what the circuit breaker held and why, newest first. Exit code 1 while it holds"
          + " something.",
      "It holds a rule by itself when removal fails too often, too many people say \"not that"
          + " tool\", or it matches more than its reviewers were told: see publishing in"
          + " server.yaml. People let go: interdict resume --propose."
    })
public final class BreakerCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  public BreakerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var trips = new Trips(parts.database(), parts.audit(), parts.clock()).list();
      if (output.forPrograms()) {
        output.print(
            new Json.Arr(trips.stream().<Json>map(BreakerCommand::json).toList()), console);
      } else if (trips.isEmpty()) {
        console.line("The breaker never held a rule.");
      } else {
        trips.forEach(this::show);
      }
      return trips.stream().anyMatch(Trip::isOpen) ? Exit.FOUND : Exit.OK;
    }
  }

  private void show(Trip trip) {
    var resumed = trip.resumedAt();
    console.line(
        (resumed == null ? console.red("held") : "let go")
            + "  "
            + trip.rule()
            + "  since "
            + Times.minutes(trip.at())
            + (resumed == null
                ? ""
                : ", let go by " + trip.resumedBy() + " at " + Times.minutes(resumed)));
    console.line("      " + trip.cause().written() + ": " + trip.words());
  }

  private static Json json(Trip trip) {
    var resumed = trip.resumedAt();
    return Json.object()
        .put("rule", trip.rule().value())
        .put("at", trip.at().toString())
        .put("cause", trip.cause().written())
        .put("words", trip.words())
        .put("resumed", resumed == null ? null : resumed.toString())
        .put("resumed-by", trip.resumedBy())
        .build();
  }
}
