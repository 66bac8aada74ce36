package dev.interdict.server.cli.fleet;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict fleet status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells how the company's list and the devices that enrolled fit together.")
public final class FleetStatusCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  public FleetStatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var census = parts.expected().census();
      if (output.forPrograms()) {
        output.print(
            Json.object()
                .put("expected", census.expected())
                .put("enrolled", census.enrolled())
                .put("not-enrolled", census.notEnrolled())
                .put("stock", census.stock())
                .put("on-no-list", census.onNoList())
                .put("waiting", census.waiting())
                .put("retired", census.retired())
                .put("retired-yet-heard", census.heardRetired())
                .build(),
            console);
        return Exit.OK;
      }
      console.field("Expected", census.expected() + ", and " + census.stock() + " in stock");
      console.field("Enrolled", census.enrolled() + " of the list");
      console.field("Absent", census.notEnrolled() + " never enrolled");
      console.field("On no list", census.onNoList() + "; see: interdict fleet unmatched");
      console.field("Waiting", census.waiting() + "; see: interdict enrol queue");
      console.field(
          "Retired", census.retired() + "; " + census.heardRetired() + " devices heard since");
    }
    return Exit.OK;
  }
}
