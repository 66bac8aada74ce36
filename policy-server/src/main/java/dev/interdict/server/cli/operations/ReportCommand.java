package dev.interdict.server.cli.operations;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `report`.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Writes evidence of a period, keeps pages of the console by name, and has summaries sent"
            + " by mail, over a server's API.")
public final class ReportCommand extends Group {

  /// Holds the commands below `report views`.
  @Command(
      name = "views",
      mixinStandardHelpOptions = true,
      description = "Keeps pages of the console by name, for yourself or for everybody.")
  public static final class Views extends Group {}

  /// Holds the commands below `report schedule`.
  @Command(
      name = "schedule",
      mixinStandardHelpOptions = true,
      description = "Has the summary of a rule or of a saved view sent by mail again and again.")
  public static final class Schedule extends Group {}
}
