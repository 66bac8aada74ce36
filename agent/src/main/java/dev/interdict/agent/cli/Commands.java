package dev.interdict.agent.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The commands of `interdict-agent` that a person or a parent process types.
@Command(
    name = "interdict-agent",
    description = {
      "Watches over this computer: finds high-risk software, tells people in time,",
      "and enforces the signed policy from its date on."
    },
    footer = {
      "",
      "The resident role is started with: interdict-agent guard (see guard --help).",
      "Your own page, in the browser: interdict-agent page [RULE] (see page --help)."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class Commands implements Callable<Integer> {
  /// The command could not do its work at all.
  static final int FAILED = 1;

  /// The arguments make no sense.
  static final int USAGE = 2;

  private final PrintWriter err;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private Commands(PrintWriter err) {
    this.err = err;
  }

  /// Runs one command with the process's own streams.
  ///
  /// @return the exit code
  static int run(String[] arguments) {
    var bytes = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    var out = new PrintWriter(bytes, false, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var progress =
        new ProgressLine(
            err, System.console() != null && System.console().isTerminal(), InstantSource.system());
    var scan =
        new ScanCommand(Machines::open, bytes, progress, InstantSource.system(), UUID::randomUUID);
    var code = line(scan, out, err).execute(arguments);
    out.flush();
    return code;
  }

  static CommandLine line(ScanCommand scan, PrintWriter out, PrintWriter err) {
    return new CommandLine(new Commands(err))
        .addSubcommand(scan)
        .addSubcommand(new EnrolCommand())
        .addSubcommand(new UplinkCommand())
        .addSubcommand(new ReplaceKeyCommand())
        .addSubcommand(new UnenrolCommand())
        .addSubcommand(new StatusCommand())
        .addSubcommand(new ExplainCommand())
        .addSubcommand(new RemindCommand())
        .addSubcommand(new DeferCommand())
        .addSubcommand(new RemoveCommand())
        .addSubcommand(new ExemptionCommand())
        .addSubcommand(new CodeCommand())
        .addSubcommand(new DisputeCommand())
        .addSubcommand(new EnforceCommand())
        .addSubcommand(new RestoreCommand())
        .addSubcommand(new MyDataCommand())
        .addSubcommand(new DoctorCommand())
        .addSubcommand(new SupportBundleCommand())
        .addSubcommand(new NoticeCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(80)
        .setExecutionExceptionHandler((e, command, _) -> {
          if (command.getCommand() instanceof GuardCommand asking) {
            var failure = new Failure(e);
            failure.tell(asking, err);
            return failure.code();
          }
          err.println("interdict-agent: " + e.getMessage());
          err.flush();
          return FAILED;
        });
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(err);
    return USAGE;
  }
}
