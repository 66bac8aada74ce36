package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Language;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandsTest {
  private final StringWriter said = new StringWriter();
  private final PrintWriter out = new PrintWriter(said, true);
  private final InstantSource clock = InstantSource.system();
  private final ScanCommand scan =
      new ScanCommand(
          new Scanning(
              Machines::open,
              new ByteArrayOutputStream(),
              new ProgressLine(out, false, clock),
              clock,
              UUID::randomUUID));

  @Test
  void a_command_is_found_by_the_name_that_it_bears() {
    Commands.commands(scan)
        .forEach(
            (name, command) -> assertEquals(name, new CommandLine(command.get()).getCommandName()));
  }

  @Test
  void only_the_command_that_is_asked_for_is_read() {
    assertEquals(Set.of("restore"), known("restore", "claude-code"));
    assertEquals(Commands.commands(scan).keySet(), known());
    assertEquals(Commands.commands(scan).keySet(), known("--help"));
  }

  @Test
  void a_name_that_none_has_is_answered_with_those_that_are_near() {
    var words = new String[] {"restor"};
    assertEquals(
        Commands.USAGE, Commands.line(words, scan, out, out, Words.in(Language.EN)).execute(words));
    assertTrue(said.toString().contains("restore"), said.toString());
  }

  @Test
  void what_no_command_is_like_is_answered_with_none_and_other_names_with_ours() {
    for (var word : List.of("privacy", "frobnicate")) {
      assertEquals(
          Commands.USAGE,
          Commands.line(new String[] {word}, scan, out, out, Words.in(Language.EN)).execute(word));
    }
    assertEquals(
        """
        interdict-agent: "privacy" is not known here, did you mean my-data?
        See: interdict-agent --help
        interdict-agent: "frobnicate" is not known here
        See: interdict-agent --help
        """,
        said.toString());
  }

  private String misused(Language language, String... arguments) {
    said.getBuffer().setLength(0);
    assertEquals(
        Commands.USAGE,
        Commands.line(arguments, scan, out, out, Words.in(language)).execute(arguments));
    return said.toString().lines().findFirst().orElseThrow();
  }

  @Test
  void what_is_wrong_with_a_line_is_said_in_the_readers_language() {
    assertEquals(
        "interdict-agent request-exemption: missing: --until DATE, --reason TEXT, RULE",
        misused(Language.EN, "request-exemption"));
    assertEquals(
        "interdict-agent request-exemption: 缺少：--until DATE",
        misused(Language.ZH_CN, "request-exemption", "some-tool", "--reason", "x"));
    assertEquals(
        "interdict-agent request-exemption: 缺少：--until DATE",
        misused(Language.ZH_CN, "request-exemption", "some-tool", "--reason", "x", "--until"));
    assertEquals(
        "interdict-agent remind: 缺少：--in SPAN, --at TIME",
        misused(Language.ZH_CN, "remind", "some-tool"));
    assertEquals(
        "interdict-agent remind: 以下只能写其中一个：--in SPAN, --at TIME",
        misused(Language.ZH_CN, "remind", "some-tool", "--in", "1d", "--at", "16:00"));
    assertEquals(
        "interdict-agent defer: --reason TEXT 只能写一次",
        misused(Language.ZH_CN, "defer", "some-tool", "--reason", "x", "--reason", "y"));
    assertEquals(
        "interdict-agent status: --output FORM 不能是“xml”，只能是：table, json",
        misused(Language.ZH_CN, "status", "--output", "xml"));
    assertEquals(
        "interdict-agent status: 这里没有“--frobnicate”",
        misused(Language.ZH_CN, "status", "--frobnicate"));
  }

  /// The list of commands shows the first line of each alone.
  @Test
  void the_first_line_about_a_command_is_whole() {
    Commands.commands(scan)
        .forEach((name, command) -> {
          var about = new CommandLine(command.get()).getCommandSpec().usageMessage().description();
          assertTrue(about[0].endsWith(".") && !about[0].contains("\n"), name + ": " + about[0]);
        });
  }

  private Set<String> known(String... arguments) {
    return Commands.line(arguments, scan, out, out, Words.in(Language.EN))
        .getSubcommands()
        .keySet();
  }
}
