package dev.interdict.server.cli.doctor;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirParameter;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict-server doctor`.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks how the server fares, while it runs or not, and says what to do where it is not good:"
          + " listeners and certificate, disk, permissions, ca-files, database, backup, fleet,"
          + " signed files, their ends and keys, clock, list, sealing key, webhooks, mail and SIEM."
          + " Changes nothing. Run it as the account that the server runs as.",
      "",
      "Example: sudo -u interdict interdict-server doctor /var/lib/interdict/server"
    },
    footer = {"", "Exit codes: 0 nothing is bad, 1 something is and was named, 2 no server there."})
public final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirParameter folder = new ServerDirParameter();

  @Option(
      names = "--thorough",
      description = "Read all of the database and the audit log too, which takes its time.")
  private boolean thorough;

  @Mixin private Output output = new Output();

  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var ready = folder.ready();
    var answers = new Examination(ready, console, thorough).answers();
    var bad = answers.stream().filter(one -> one.level() == Answer.Level.BAD).count();
    var watch = answers.stream().filter(one -> one.level() == Answer.Level.WATCH).count();
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("bad", bad)
              .put("watch", watch)
              .put("answers", answers.stream().map(Answer::json).toList())
              .build(),
          console);
    } else {
      tell(answers);
      console.blank();
      console.line(
          bad + watch == 0 ? "All is well." : bad + " bad, " + watch + " to keep an eye on.");
    }
    return bad == 0 ? Exit.OK : Exit.FOUND;
  }

  private void tell(List<Answer> answers) {
    for (var answer : answers) {
      var mark =
          switch (answer.level()) {
            case GOOD -> console.green("good ");
            case WATCH -> console.yellow("watch");
            case BAD -> console.red("BAD  ");
          };
      console.line(
          mark + " " + "%-18s".formatted(answer.question()) + " " + Printable.of(answer.detail()));
      if (!answer.advice().isEmpty()) {
        console.line(" ".repeat(25) + "do: " + Printable.of(answer.advice()));
      }
    }
  }
}
