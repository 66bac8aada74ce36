package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
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
    assertEquals(Commands.USAGE, Commands.line(words, scan, out, out).execute(words));
    assertTrue(said.toString().contains("restore"), said.toString());
  }

  private Set<String> known(String... arguments) {
    return Commands.line(arguments, scan, out, out).getSubcommands().keySet();
  }
}
