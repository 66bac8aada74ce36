package dev.interdict.agent.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
      "More of a command: interdict-agent help COMMAND.",
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
    var scan = new ScanCommand(Scanning.ofThisProcess(bytes));
    var words = Words.of(HelpText.tag(arguments), System.getenv());
    var code = line(arguments, scan, out, err, words).execute(arguments);
    out.flush();
    return code;
  }

  /// The command line that `arguments` are for. Where they begin with a command's name it knows
  /// that one alone: to read the options of all by reflection takes longer than most take to
  /// answer.
  static CommandLine line(
      String[] arguments, ScanCommand scan, PrintWriter out, PrintWriter err, Words words) {
    var commands = commands(scan);
    var line = new CommandLine(new Commands(err));
    var asked = arguments.length == 0 ? null : commands.get(arguments[0]);
    if (asked != null) {
      line.addSubcommand(arguments[0], asked.get());
    } else {
      commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    }
    HelpText.in(words.language(), line);
    return line.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(80)
        .setParameterExceptionHandler((e, _) -> misused(e, err, words))
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

  private static int misused(ParameterException e, PrintWriter err, Words words) {
    var command = e.getCommandLine().getCommandSpec();
    var known = command.commandLine().getSubcommands().keySet();
    err.println(command.qualifiedName() + ": " + Misuse.of(e, known, words));
    err.println(words.say("usage.see", command.qualifiedName() + " --help"));
    err.flush();
    return USAGE;
  }

  /// In the order in which the help lists them, by the names that they bear.
  static Map<String, Supplier<Object>> commands(ScanCommand scan) {
    var all = new LinkedHashMap<String, Supplier<Object>>();
    all.put("scan", () -> scan);
    all.put("enrol", EnrolCommand::new);
    all.put("uplink", UplinkCommand::new);
    all.put("replace-key", ReplaceKeyCommand::new);
    all.put("unenrol", UnenrolCommand::new);
    all.put("status", StatusCommand::new);
    all.put("explain", ExplainCommand::new);
    all.put("remind", RemindCommand::new);
    all.put("defer", DeferCommand::new);
    all.put("remove", RemoveCommand::new);
    all.put("request-exemption", ExemptionCommand::new);
    all.put("exemption-code", CodeCommand::new);
    all.put("dispute", DisputeCommand::new);
    all.put("enforce", EnforceCommand::new);
    all.put("restore", RestoreCommand::new);
    all.put("my-data", MyDataCommand::new);
    all.put("doctor", DoctorCommand::new);
    all.put("support-bundle", SupportBundleCommand::new);
    all.put("notice", NoticeCommand::new);
    return all;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(err);
    return USAGE;
  }
}
