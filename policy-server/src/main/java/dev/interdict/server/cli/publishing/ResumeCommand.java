package dev.interdict.server.cli.publishing;

import dev.interdict.policy.Stop;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Output;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict resume`.
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets go of all rules that are held by interdict pause.")
public final class ResumeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();

  public ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var none = new Stop(false, Set.of(), "Nothing is held.");
    var outcome = signing.with(console, (publisher, actor, _) -> publisher.hold(actor, none));
    return Outcomes.print(outcome, output, console);
  }
}
