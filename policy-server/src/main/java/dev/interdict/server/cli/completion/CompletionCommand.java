package dev.interdict.server.cli.completion;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `interdict completion`, and the same of the server's program.
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script by which a shell completes commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(${ROOT-COMMAND-NAME} completion bash)",
      "  autoload -U compinit bashcompinit; compinit; bashcompinit",
      "  source <(${ROOT-COMMAND-NAME} completion zsh)",
      "  ${ROOT-COMMAND-NAME} completion fish"
          + " > ~/.config/fish/completions/${ROOT-COMMAND-NAME}.fish",
      "",
      "Exit codes: 0 printed, 2 not understood."
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell = Shell.BASH;

  /// The shells that are known.
  enum Shell {
    BASH,
    /// Reads what bash reads, by its bashcompinit.
    ZSH,
    FISH
  }

  public CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var root = Objects.requireNonNull(spec, "set before a command runs").root();
    console
        .out()
        .print(
            switch (shell) {
              case BASH, ZSH -> AutoComplete.bash(root.name(), root.commandLine());
              case FISH -> FishScript.of(root);
            });
    console.out().flush();
    return Exit.OK;
  }
}
