package dev.interdict.server.cli.fleet;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.fleet.expected.Waiting;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds the commands below `enrol`.
@Command(
    name = "enrol",
    mixinStandardHelpOptions = true,
    description = "Decides about workstations that enrolled and wait for approval.")
public final class EnrolCommand extends Group {
  private static final int SHOWN_ID = 12;

  /// `enrol queue`.
  @Command(
      name = "queue",
      mixinStandardHelpOptions = true,
      description = "Lists the workstations that wait, the longest waiting first.")
  public static final class Queue implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private ListOutput output = new ListOutput();

    @Option(
        names = "--most",
        paramLabel = "N",
        defaultValue = "100",
        description = "How many to list (default: ${DEFAULT-VALUE}).")
    private int most;

    public Queue(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        var queue = parts.admissions().queue(most);
        if (output.forPrograms()) {
          output.rows(queue.stream().map(Queue::json).toList(), console);
          return Exit.OK;
        }
        var table = new Table("DEVICE", "HOST", "SINCE", "REPLACES");
        for (var device : queue) {
          var replaces = device.replaces();
          table.row(
              device.device().value().substring(0, SHOWN_ID),
              device.host(),
              Times.minutes(device.since()),
              replaces == null ? "-" : replaces.value().substring(0, SHOWN_ID));
        }
        table.print(console);
        return Exit.OK;
      }
    }

    private static Json json(Waiting device) {
      var replaces = device.replaces();
      var heard = device.replacedContact();
      return Json.object()
          .put("device", device.device().value())
          .put("host", device.host())
          .put("token", device.token())
          .put("since", device.since().toString())
          .put("why", device.why())
          .put("replaces", replaces == null ? null : replaces.value())
          .put("replaced-last-contact", heard == null ? null : heard.toString())
          .build();
    }
  }

  /// `enrol approve`.
  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Lets workstations count that wait.")
  public static final class Approve implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(
        arity = "1..*",
        paramLabel = "DEVICE",
        description = "Its id, or the first eight digits or more of it.")
    private List<String> devices = List.of();

    @Option(
        names = "--replace",
        description = "The workstation whose serial it tells is gone for good: supersede it.")
    private boolean replace;

    public Approve(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        for (var device : devices) {
          var id = parts.admissions().approve(console.user(), device, replace);
          console.line(id + " counts from now on.");
        }
        return Exit.OK;
      }
    }
  }

  /// `enrol refuse`.
  @Command(
      name = "refuse",
      mixinStandardHelpOptions = true,
      description = "Keeps a workstation out of the fleet that waits.")
  public static final class Refuse implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(
        paramLabel = "DEVICE",
        description = "Its id, or the first eight digits or more of it.")
    private String device = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why, for whoever asks later.")
    private String reason = "";

    public Refuse(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        var id = parts.admissions().refuse(console.user(), device, reason);
        console.line(id + " counts nowhere.");
        return Exit.OK;
      }
    }
  }
}
