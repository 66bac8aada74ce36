package dev.interdict.server.cli.remote;

import dev.interdict.identity.Printable;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Output;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds the commands below `device`.
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description =
        "Lists and shows workstations, has them look anew, and retires them, over a server's API.",
    footer = {
      "",
      "On the workstation itself, as root, and not from here:",
      "  to have a removal tried again that failed:   interdict-agent enforce --retry",
      "  to give back what was taken:                 interdict-agent restore RULE",
      "Grant an exemption first (interdict exemption grant), or it is removed again.",
      "",
      "Exit codes: 0 done, 1 something was found, 2 not understood, 3 cannot reach the server,",
      "4 refused, 5 signature or key, 6 conflict."
    })
public final class DeviceCommand extends Group {

  /// `interdict device list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists workstations by host name.",
      footer = {
        "",
        "Examples:",
        "  interdict device list --rule claude-code --state present --state failed",
        "  interdict device list --dept 'R&D' --output csv > devices.csv",
        "  interdict device list --rule claude-code --state !clear --ring pilot",
        "",
        "!NAME is all but NAME, - is none, and a backslash before a name that begins with either",
        "makes it a name.",
        "",
        "Exit codes: 0 listed, also where there is none; 2 not understood, 3 cannot reach the",
        "server, 4 refused."
      })
  public static final class Listing implements Callable<Integer> {
    private static final List<String> COLUMNS =
        List.of("id", "host", "department", "os", "ring", "state", "due", "last-contact");

    private final Console console;

    @Mixin private RemoteOptions remote = new RemoteOptions();
    @Mixin private Sheet sheet = new Sheet();

    @Option(names = "--rule", paramLabel = "RULE", description = "The rule whose state is shown.")
    private @Nullable String rule;

    @Option(names = "--state", paramLabel = "STATE", description = "With that state; repeatable.")
    private List<String> states = List.of();

    @Option(names = "--dept", paramLabel = "NAME", description = "Of this department; repeatable.")
    private List<String> departments = List.of();

    @Option(names = "--os", paramLabel = "OS", description = "With this system; repeatable.")
    private List<String> os = List.of();

    @Option(names = "--ring", paramLabel = "NAME", description = "In this ring; repeatable.")
    private List<String> rings = List.of();

    @Option(
        names = "--agent-version",
        paramLabel = "VERSION",
        description = "With this version of the agent; repeatable.")
    private List<String> versions = List.of();

    @Option(
        names = "--owner",
        paramLabel = "NAME",
        description = "Of this person, by the company's list; repeatable. They are told.")
    private List<String> owners = List.of();

    @Option(
        names = "--site",
        paramLabel = "NAME",
        description = "At this site, by the company's list; repeatable.")
    private List<String> sites = List.of();

    @Option(
        names = "--manager",
        paramLabel = "NAME",
        description = "Of this manager's people, by the company's list; repeatable. They are told.")
    private List<String> managers = List.of();

    @Option(
        names = "--detector",
        paramLabel = "NAME",
        description = "That has it by this inventory source; repeatable.")
    private List<String> detectors = List.of();

    @Option(
        names = "--sort",
        paramLabel = "host|-host",
        description = "The order of names; -host from the end of the alphabet.")
    private @Nullable String sort;

    @Option(
        names = "--search",
        paramLabel = "TEXT",
        description = "Part of a host name, or the start of an id.")
    private @Nullable String text;

    @Option(
        names = "--most",
        paramLabel = "N",
        defaultValue = "1000",
        description = "How many to list (default: ${DEFAULT-VALUE}).")
    private int most = 1_000;

    public Listing(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var filter = new TreeMap<String, List<String>>();
      filter.put("rule", rule == null ? List.of() : List.of(rule));
      filter.put("state", states);
      filter.put("dept", departments);
      filter.put("os", os);
      filter.put("ring", rings);
      filter.put("version", versions);
      filter.put("owner", owners);
      filter.put("site", sites);
      filter.put("manager", managers);
      filter.put("detector", detectors);
      filter.put("sort", sort == null ? List.of() : List.of(sort));
      filter.put("q", text == null ? List.of() : List.of(text));
      try (var server = remote.open(console)) {
        sheet.print(server, "/devices", "devices", filter, most, COLUMNS, console);
        return Exit.OK;
      }
    }
  }

  /// `interdict device show`.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one workstation. Its employee is told who looked.",
      footer = {
        "",
        "Example:",
        "  interdict device show 0f3c5a7e9b1d2f4c6e8a0b2c4d6e8f01",
        "",
        "Exit codes: 0 shown, 1 there is none, 2 not understood, 3 cannot reach the server,",
        "4 refused."
      })
  public static final class Show implements Callable<Integer> {
    private static final List<String> COLUMNS =
        List.of("rule", "state", "due", "exempt-until", "first-seen", "error");

    private final Console console;

    @Mixin private RemoteOptions remote = new RemoteOptions();
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "DEVICE", description = "The workstation's id.")
    private String device = "";

    public Show(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      try (var server = remote.open(console)) {
        var answer = server.read("/devices/" + RemoteServer.encoded(device));
        var found = answer.body();
        if (output.forPrograms()) {
          output.print(found, console);
          return Exit.OK;
        }
        for (var name :
            List.of(
                "id", "host", "department", "ring", "os", "agent", "standing", "last-contact")) {
          console.field(name, Printable.of(ListOutput.text(found, name), 80));
        }
        console.blank();
        Sheet.table(answer.rows("rules"), COLUMNS, console);
        Sheet.leftOut(answer, List.of("rules"), console);
        return Exit.OK;
      }
    }
  }
}
