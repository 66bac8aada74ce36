package dev.interdict.server.cli;

import dev.interdict.server.cli.terminal.Console;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// The programs with every command in them, for what is written about them: manual pages,
/// completion. Nothing of it is run.
public final class Reference {
  private Reference() {}

  /// `interdict`, the admin's command, and `interdict-server`.
  public static List<CommandSpec> programs() {
    var console = Console.system(Map.of());
    var admin = AdminCommands.of(console).whole(new AdminProgram());
    var server = ServerCommands.of(console).whole(new ServerProgram());
    for (var program : List.of(admin, server)) {
      Programs.complete(program, program.getCommandSpec().usageMessage().footer());
    }
    OverApi.mention(admin);
    return List.of(admin.getCommandSpec(), server.getCommandSpec());
  }
}
