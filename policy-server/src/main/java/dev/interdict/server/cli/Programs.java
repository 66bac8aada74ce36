package dev.interdict.server.cli;

import static java.util.Map.entry;

import dev.interdict.identity.Printable;
import dev.interdict.json.Nearest;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Disk;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.publish.ImplausibleTimeException;
import dev.interdict.server.publish.MissingKeyException;
import dev.interdict.server.store.StoreException;
import dev.interdict.server.store.UnknownOutcomeException;
import dev.interdict.trust.keys.SigningException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/// Puts the commands together and turns whatever goes wrong into one line and an exit code.
final class Programs {
  private static final int WIDTH = 100;

  /// The library takes no less.
  private static final int LEAST_WIDTH = 55;

  /// As the library says of a word that is none of a few, by the names they have in the program.
  private static final Pattern NONE_OF =
      Pattern.compile(
          "Invalid value for (option '(?<option>[^']+)'|positional parameter at index [0-9]+)("
              + " \\([^)]*\\))?: expected one of \\[(?<all>[^]]*)] \\(case-(in)?sensitive\\) but"
              + " was '(?<was>.*)'",
          Pattern.DOTALL);

  /// What people look for where it is not, and where it is.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          entry(
              "interdict device retry",
              "a removal is tried again from the workstation itself, as root: interdict-agent"
                  + " enforce --retry"),
          entry(
              "interdict device restore",
              "what was taken is given back on the workstation itself: interdict-agent restore"
                  + " RULE"),
          entry(
              "interdict policy",
              "rules are published by interdict draft (with two people) or interdict publish, and"
                  + " lists that people sign by interdict blocklist; withdraw, pause and rollback"
                  + " stand alone"),
          entry(
              "interdict server",
              "what is done to the server itself is another program: interdict-server --help"),
          entry("interdict rule list", "interdict status lists rules, and interdict draft list"),
          entry("interdict rule diff", "interdict draft show says what a draft changes"),
          entry("interdict rule preview", "that is done to a draft: interdict draft preview"),
          entry("interdict rule submit", "that is done to a draft: interdict draft submit"),
          entry("interdict rule approve", "that is done to a draft: interdict draft approve"),
          entry("interdict rule reject", "that is done to a draft: interdict draft reject"),
          entry("interdict key generate", "a key is made by interdict key new"));

  /// Wherever it stands in a line, nothing is coloured.
  private static final String NO_COLOR = "--no-color";

  private static final Set<String> HELP = Set.of("-h", "--help");

  private Programs() {}

  /// The program `interdict-server`.
  static int server(Console given, String... typed) {
    var arguments = coloured(typed);
    var console = arguments.length == typed.length ? given : given.plain();
    var program = ServerCommands.of(console).program(new ServerProgram(), arguments);
    return run(program, console, arguments);
  }

  /// The program `interdict`. A command that is there twice works beside the server, unless a
  /// profile says which server to ask.
  static int admin(Console given, String... typed) {
    var arguments = coloured(typed);
    var console = arguments.length == typed.length ? given : given.plain();
    var commands = AdminCommands.of(console);
    if (OverApi.isMeant(arguments)) {
      OverApi.instead(commands, console);
    }
    var program = commands.program(new AdminProgram(), arguments);
    if (!OverApi.isMeant(arguments)) {
      OverApi.mention(program);
    }
    return run(program, console, arguments);
  }

  /// The line without the option that every command takes, up to `--`, behind which stands no
  /// option.
  private static String[] coloured(String... typed) {
    var end = List.of(typed).indexOf("--");
    return IntStream.range(0, typed.length)
        .filter(at -> end >= 0 && at > end || !typed[at].equals(NO_COLOR))
        .mapToObj(at -> typed[at])
        .toArray(String[]::new);
  }

  private static int run(CommandLine program, Console console, String... arguments) {
    complete(program, program.getCommandSpec().usageMessage().footer());
    program.registerConverter(Duration.class, Programs::duration);
    var width = Arrays.stream(arguments).anyMatch(HELP::contains) ? width(console) : WIDTH;
    var ansi = console.color() ? Help.Ansi.ON : Help.Ansi.OFF;
    program
        .setOut(console.out())
        .setErr(console.err())
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(width)
        .setUsageHelpAutoWidth(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> misused(console, e))
        .setExecutionExceptionHandler((e, command, _) -> failed(console, command, e));
    return program.execute(arguments);
  }

  /// As many columns as the terminal has, and never so many that lines get hard to read.
  private static int width(Console console) {
    var columns = console.screen().out() ? console.screen().width().getAsInt() : 0;
    return columns == 0 ? WIDTH : Math.clamp(columns, LEAST_WIDTH, WIDTH);
  }

  /// Every command knows the version, however deep it stands, says what its exit codes mean (the
  /// program's, where it has no words of its own for them), and has an example where there is one.
  static void complete(CommandLine command, String... exitCodes) {
    var version = Programs.class.getPackage().getImplementationVersion();
    var spec = command.getCommandSpec();
    spec.version("Interdict " + (version == null ? "(not packaged)" : version));
    var usage = spec.usageMessage();
    if (usage.footer().length == 0 && usage.exitCodeList().isEmpty()) {
      usage.footer(exitCodes);
    }
    Examples.add(spec);
    command.getSubcommands().values().forEach(sub -> complete(sub, exitCodes));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new CommandLine.TypeConversionException(
          "\"" + text + "\" is no duration; write days as P30D, hours as PT8H");
    }
  }

  private static int misused(Console console, CommandLine.ParameterException e) {
    var command = e.getCommandLine();
    var message = words(e);
    console.warn(name(command) + ": " + message + "; see " + name(command) + " --help");
    return Exit.USAGE;
  }

  private static String words(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      var word = unmatched.getUnmatched().getFirst();
      var elsewhere = ELSEWHERE.get(name(e.getCommandLine()) + " " + word);
      if (elsewhere != null) {
        return elsewhere;
      }
      // The library suggests something for whatever one types.
      var near = Nearest.of(word, unmatched.getSuggestions());
      return "\""
          + word
          + "\" is not known here"
          + (near == null ? "" : ", did you mean " + near + "?");
    }
    var noneOf = NONE_OF.matcher(String.valueOf(e.getMessage()));
    if (noneOf.matches()) {
      var option = noneOf.group("option");
      return (option == null ? "" : option + ": ")
          + "\""
          + noneOf.group("was")
          + "\" is none of "
          + noneOf.group("all").toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return String.valueOf(e.getMessage())
        .lines()
        .findFirst()
        .orElse("not understood")
        .replace("is not a long", "is no whole number")
        .replace("is not an int", "is no whole number");
  }

  private static int failed(Console console, CommandLine command, Exception e) throws Exception {
    var failure =
        switch (e) {
          case Failure known -> known;
          case UncheckedIOException wrapped when wrapped.getCause() != null ->
              Disk.failure(wrapped.getCause());
          case IOException plain -> Disk.failure(plain);
          case MissingKeyException missing ->
              new Failure(Exit.TRUST, String.valueOf(missing.getMessage()));
          case ImplausibleTimeException clock ->
              new Failure(Exit.REFUSED, String.valueOf(clock.getMessage()));
          case RefusedException refused ->
              new Failure(Exit.REFUSED, String.valueOf(refused.getMessage()));
          case SigningException signing ->
              new Failure(Exit.TRUST, String.valueOf(signing.getMessage()));
          case UnknownOutcomeException unknown ->
              new Failure(Exit.FOUND, String.valueOf(unknown.getMessage()));
          case StoreException store -> new Failure(Exit.FOUND, String.valueOf(store.getMessage()));
          default -> throw e;
        };
    console.warn(name(command) + ": " + Printable.of(String.valueOf(failure.getMessage())));
    return failure.code();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
