package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z-]+)  +[A-Z]");
  private static final int WIDTH = 100;

  private final List<String> read = new ArrayList<>();

  /// Reads the help of a command and of all below it.
  private void read(Function<String[], Typed> program, List<String> names) {
    var asked = new ArrayList<>(names);
    asked.add("--help");
    var said = program.apply(asked.toArray(String[]::new));
    assertEquals(0, said.code(), () -> names + said.err());
    var help = said.out();
    read.add(String.join(" ", names));
    assertTrue(
        help.contains("Exit codes:"), () -> names + " does not say what its exit codes mean");
    help.lines().forEach(line -> assertTrue(line.length() <= WIDTH, line));
    var commands = help.indexOf("Commands:");
    if (commands >= 0) {
      // Of what a command says of itself its group lists the first piece alone.
      for (var listed : help.substring(commands + 10).split("\n\n")[0].split("\n(?=  [a-z])")) {
        assertTrue(listed.endsWith("."), () -> names + ": " + listed);
      }
      var found = COMMAND.matcher(help.substring(commands));
      while (found.find()) {
        var deeper = new ArrayList<>(names);
        deeper.add(found.group(1));
        read(program, deeper);
      }
    }
  }

  @Test
  void a_word_that_is_like_none_is_told_no_other() {
    assertFalse(Typed.admin("webhook").err().contains("did you mean"));
    assertTrue(Typed.admin("drat").err().contains("did you mean draft?"));
    assertEquals(
        "interdict draft list: Invalid value for option '--output': \"xml\"; write table, json,"
            + " yaml or csv; see interdict draft list --help\n",
        Typed.admin("draft", "list", "--profile", "x", "-o", "xml").err());
    assertTrue(
        Typed.admin("device", "show", "x", "-o", "csv")
            .err()
            .contains("\"csv\"; write table, json or yaml;"));
  }

  @Test
  void what_is_done_on_the_workstation_is_said_where_somebody_looks_for_it() {
    var device = Typed.admin("device", "--help").out();
    for (var word :
        List.of("retry:interdict-agent enforce --retry", "restore:interdict-agent restore")) {
      var there = word.split(":");
      assertTrue(device.contains(there[1]), device);
      var typed = Typed.admin("device", there[0], "0f3c");
      assertEquals(2, typed.code());
      assertTrue(typed.err().contains(there[1]), typed::err);
    }
  }

  @Test
  void a_name_that_others_have_for_it_leads_to_ours() {
    for (var word :
        List.of(
            "policy sign:interdict blocklist",
            "server init:interdict-server",
            "rule list:interdict status",
            "rule diff:interdict draft show",
            "rule approve:interdict draft approve",
            "key generate:interdict key new")) {
      var there = word.split(":");
      var typed = Typed.admin(there[0].split(" "));
      assertEquals(2, typed.code(), word);
      assertTrue(typed.err().contains(there[1]), typed::err);
    }
  }

  @Test
  void a_word_that_is_none_of_a_few_is_told_them_as_they_are_typed() {
    assertEquals(
        "interdict export: \"all\" is none of devices, findings, people, exemptions, queue, rules,"
            + " audit; see interdict export --help\n",
        Typed.admin("export", "all", "x.csv").err());
    assertEquals(
        "interdict export: --format: \"xls\" is none of csv, jsonl; see interdict export --help\n",
        Typed.admin("export", "audit", "x.csv", "--format", "xls").err());
  }

  @Test
  void every_example_is_understood_as_it_stands() {
    var programs = new HashMap<String, CommandLine>();
    Reference.programs().forEach(one -> programs.put(one.name(), one.commandLine()));
    var all = new HashMap<>(Examples.ALL);
    all.putAll(Examples.OVER_API);
    all.forEach((command, arguments) -> {
      var words = (command + " " + arguments).strip().split(" +(?=([^']*'[^']*')*[^']*$)");
      var program = Objects.requireNonNull(programs.get(words[0]), command);
      var typed = Arrays.stream(words).skip(1).map(word -> word.replace("'", ""));
      assertDoesNotThrow(() -> program.parseArgs(typed.toArray(String[]::new)), command);
      var help = new StringWriter();
      var names = Arrays.stream((command + " --help").split(" ")).skip(1).toArray(String[]::new);
      program.setOut(new PrintWriter(help)).execute(names);
      assertTrue(help.toString().contains("Example:"), () -> command + ": " + help);
    });
  }

  /// And none is broken in the middle of a word.
  @Test
  void every_command_shows_how_it_is_typed() {
    Reference.programs().forEach(program -> shown(program.commandLine()));
  }

  private static void shown(CommandLine command) {
    var name = command.getCommandSpec().qualifiedName();
    var usage = command.getCommandSpec().usageMessage();
    var words =
        Stream.of(usage.description(), usage.footer())
            .flatMap(Arrays::stream)
            .flatMap(String::lines)
            .toList();
    if (command.getSubcommands().isEmpty()) {
      assertTrue(words.stream().anyMatch(line -> line.contains("Example")), name);
    }
    words.stream()
        .filter(line -> line.startsWith("  "))
        .map(line -> line.replace("${ROOT-COMMAND-NAME}", "interdict-server"))
        .forEach(line -> assertTrue(line.length() < WIDTH, name + ": " + line));
    command.getSubcommands().values().forEach(HelpTest::shown);
  }

  /// Those that stand in a command's own words.
  @Test
  void every_example_in_a_help_text_has_the_options_that_it_needs() {
    var seen = new ArrayList<String>();
    for (var program : Reference.programs()) {
      var line = program.commandLine().setCaseInsensitiveEnumValuesAllowed(true);
      examples(line, line, seen);
    }
    assertTrue(seen.size() > 20, seen::toString);
  }

  /// What several commands have in common says it in the words of each.
  @Test
  void an_example_is_of_the_command_that_shows_it() {
    for (var product : List.of("santa", "jamf", "fleet")) {
      var help = Typed.admin("import", product, "--help").out();
      assertTrue(help.contains("  interdict import " + product + " "), help);
      assertEquals(1, Pattern.compile("(?m)^  interdict import ").matcher(help).results().count());
    }
  }

  @Test
  void what_a_command_needs_is_missed_before_anything_is_asked() {
    var typed = Typed.admin("queue", "assign");
    assertEquals(2, typed.code());
    assertTrue(typed.err().contains("Missing required parameters: 'DEVICE', 'RULE'"), typed::err);
    Reference.programs().forEach(program -> needs(program.commandLine()));
  }

  private static void needs(CommandLine command) {
    for (var place : command.getCommandSpec().positionalParameters()) {
      assertEquals(
          place.arity().min() > 0,
          place.required(),
          command.getCommandSpec().qualifiedName() + " " + place.paramLabel());
    }
    command.getSubcommands().values().forEach(HelpTest::needs);
  }

  private static void examples(CommandLine program, CommandLine command, List<String> seen) {
    var usage = command.getCommandSpec().usageMessage();
    for (var line : List.of(usage.description(), usage.footer())) {
      Arrays.stream(line)
          .map(text -> text.replaceFirst("^(Example:)? +", "").replace('"', '\''))
          .map(text -> text.replaceFirst(" [<>|] .*", ""))
          .filter(text -> text.startsWith(command.getCommandSpec().qualifiedName() + " "))
          .filter(text -> !text.contains("--help") && !text.endsWith("\\"))
          .forEach(text -> {
            seen.add(text);
            var words = text.split(" +(?=([^']*'[^']*')*[^']*$)");
            assertFalse(text.replaceAll("'[^']*'", "").contains("&"), text + " needs quotes");
            var typed = Arrays.stream(words).skip(1).map(word -> word.replace("'", ""));
            assertDoesNotThrow(() -> program.parseArgs(typed.toArray(String[]::new)), text);
          });
    }
    command.getSubcommands().values().forEach(below -> examples(program, below, seen));
  }

  @Test
  void every_command_says_what_its_exit_codes_mean() {
    var said = new ByteArrayOutputStream();
    var err = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      read(Typed::admin, List.of());
    } finally {
      System.setErr(err);
    }
    // A lone per cent sign in a description has the library complain on the terminal.
    var complaints = said.toString(StandardCharsets.UTF_8);
    assertFalse(complaints.contains("Could not format"), complaints);
    assertTrue(
        read.containsAll(List.of("publish", "recover", "rule lint", "key new")), read::toString);
    read.clear();
    read(Typed::server, List.of());
    assertTrue(read.containsAll(List.of("init", "run", "token list")), read::toString);
  }

  @Test
  void commands_that_ask_a_server_say_it_too() {
    for (var command :
        List.of(
            List.of("draft", "submit"), List.of("pause"), List.of("enrol", "token", "create"))) {
      var words = new ArrayList<>(command);
      words.addAll(List.of("--profile", "x", "--help"));
      var said = Typed.admin(words.toArray(String[]::new));
      assertTrue(said.out().contains("Exit codes:"), said.out());
      assertTrue(said.out().contains("--profiles"), said.out());
    }
    assertTrue(Typed.admin("draft", "--help").out().contains("over its API"));
    assertTrue(Typed.admin("draft", "lint", "--help").out().contains("--server-dir"));
  }

  @Test
  void help_of_all_lists_what_all_of_them_are() {
    var help = Typed.admin("--help").out();
    var completion = Typed.admin("completion", "fish").out();
    for (var name : List.of("apply", "draft", "import", "login", "queue", "root", "rule")) {
      assertTrue(help.contains("\n  " + name + " "), help);
      assertTrue(completion.contains("-a " + name), name);
    }
    assertTrue(Typed.admin("drift").err().contains("did you mean"), Typed.admin("drift").err());
  }
}
