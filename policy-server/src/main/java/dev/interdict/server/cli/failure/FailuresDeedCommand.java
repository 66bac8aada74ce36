package dev.interdict.server.cli.failure;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.failures.FailureFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What people do about one failure.
public abstract class FailuresDeedCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private FailureOptions options = new FailureOptions();

  FailuresDeedCommand(Console console) {
    this.console = console;
  }

  abstract FailureOptions.Deed deed();

  @Override
  public Integer call() {
    return options.run(console, deed());
  }

  /// `interdict failures assign`.
  @Command(
      name = "assign",
      mixinStandardHelpOptions = true,
      description = "Says who looks after a failure (role helpdesk or approver).")
  public static final class Assign extends FailuresDeedCommand {
    @Option(
        names = "--to",
        paramLabel = "NAME",
        required = true,
        description = "Whose account it is; nobody takes the owner away.")
    private String owner = "";

    public Assign(Console console) {
      super(console);
    }

    @Override
    FailureOptions.Deed deed() {
      return (parts, desk, who, failure) -> {
        if (owner.equals(FailureFilter.NOBODY)) {
          return desk.assign(who, failure, null);
        }
        if (parts.accounts().list().stream()
            .noneMatch(one -> one.name().equals(owner) && one.disabledAt() == null)) {
          throw new Failure(Exit.FOUND, "no account \"" + owner + "\" may sign in");
        }
        return desk.assign(who, failure, owner);
      };
    }
  }

  /// Those that say something about it.
  abstract static class Saying extends FailuresDeedCommand {
    @Option(
        names = "--text",
        paramLabel = "TEXT",
        required = true,
        description = "At most 1000 characters, for whoever reads it later.")
    private String text = "";

    Saying(Console console) {
      super(console);
    }

    String text() {
      return text;
    }
  }

  /// `interdict failures comment`.
  @Command(
      name = "comment",
      mixinStandardHelpOptions = true,
      description = "Says something about a failure (role helpdesk or approver).")
  public static final class Comment extends Saying {
    public Comment(Console console) {
      super(console);
    }

    @Override
    FailureOptions.Deed deed() {
      return (_, desk, who, failure) -> desk.comment(who, failure, text());
    }
  }

  /// `interdict failures resolve`.
  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      description = {
        "Says that a failure is solved, so that it leaves the queue (role helpdesk or approver).",
        "The next failure that the workstation tells brings it back."
      })
  public static final class Resolve extends Saying {
    public Resolve(Console console) {
      super(console);
    }

    @Override
    FailureOptions.Deed deed() {
      return (_, desk, who, failure) -> desk.resolve(who, failure, text());
    }
  }

  /// `interdict failures reopen`.
  @Command(
      name = "reopen",
      mixinStandardHelpOptions = true,
      description = "Takes back that a failure is solved (role helpdesk or approver).")
  public static final class Reopen extends Saying {
    public Reopen(Console console) {
      super(console);
    }

    @Override
    FailureOptions.Deed deed() {
      return (_, desk, who, failure) -> desk.reopen(who, failure, text());
    }
  }
}
