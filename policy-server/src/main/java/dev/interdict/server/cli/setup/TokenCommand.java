package dev.interdict.server.cli.setup;

import dev.interdict.json.Json;
import dev.interdict.report.Groups;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.fleet.EnrolmentToken;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.expected.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds the commands below `token`.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and revokes the tokens that admit workstations.")
public final class TokenCommand extends Group {

  /// `token create`.
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Creates a token. Its secret is shown this once.")
  public static final class Create implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private Output output = new Output();

    @Option(
        names = "--uses",
        paramLabel = "N",
        defaultValue = "1000",
        description = "How many workstations it admits (default: ${DEFAULT-VALUE}).")
    private long uses;

    @Option(
        names = "--valid-for",
        paramLabel = "DURATION",
        defaultValue = "P30D",
        description = "How long it admits them, such as P30D or PT8H (default: ${DEFAULT-VALUE}).")
    private Duration validity = Duration.ZERO;

    @Option(
        names = "--department",
        paramLabel = "PATH",
        defaultValue = "unassigned",
        description = "Where its workstations belong, such as R&D/platform.")
    private String department = "";

    @Option(
        names = "--ring",
        paramLabel = "NAME",
        defaultValue = "everyone",
        description = "Their deployment ring (default: ${DEFAULT-VALUE}).")
    private String ring = "";

    @Option(
        names = "--group",
        paramLabel = "NAME",
        description = {
          "A group that its workstations are in, such as build-machines, for rules that are"
              + " limited to groups. Repeat it for several. Workstations keep it: a rule's scope"
              + " changes, not their groups."
        })
    private List<String> groups = List.of();

    @Option(
        names = "--approval",
        description = {
          "Each workstation waits until somebody approves it: interdict enrol queue. Until then it"
              + " counts nowhere."
        })
    private boolean approval;

    @Option(
        names = "--replace-silent",
        description = {
          "A workstation that was set up anew takes the place of its predecessor by itself, once"
              + " that one is silent. Without it, somebody has to approve that."
        })
    private boolean replaceSilent;

    @Option(
        names = "--per-hour",
        paramLabel = "N",
        defaultValue = "1000",
        description = "How many workstations it admits in an hour (default: ${DEFAULT-VALUE}).")
    private long perHour;

    @Option(
        names = "--tag",
        paramLabel = "NAME",
        description = "A tag of its workstations. Repeat it for several.")
    private List<String> tags = List.of();

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "Write the secret into a new file of yours alone, rather than show it.")
    private @Nullable Path file;

    public Create(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (file != null) {
          PrivateFile.refuseExisting(file);
        }
        var created =
            parts
                .tokens()
                .create(
                    console.user(),
                    new Placement(department, ring, tags, Groups.of(groups)),
                    validity,
                    uses,
                    new Arrival.Allowed(approval, replaceSilent),
                    perHour);
        if (file != null) {
          PrivateFile.write(file, created.secret() + "\n");
        }
        show(created.token(), file == null ? created.secret() : null);
      } catch (IllegalArgumentException e) {
        throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
      }
      return Exit.OK;
    }

    private void show(EnrolmentToken token, @Nullable String secret) {
      if (output.json()) {
        console.json(
            Json.object()
                .put("id", token.id())
                .put("secret", secret)
                .put("uses", token.usesLeft())
                .put("expires", token.expiresAt().toString())
                .put("groups", Json.texts(List.copyOf(token.placement().groups())))
                .put("approval", token.allowed().approval())
                .put("replace-silent", token.allowed().replace())
                .put("per-hour", token.perHour())
                .build());
        return;
      }
      console.field("Token", token.id() + ", admits " + token.usesLeft() + " workstations");
      console.field("Until", Times.minutes(token.expiresAt()));
      if (token.allowed().approval()) {
        console.field("Approval", "each waits; see: interdict enrol queue");
      }
      if (!token.placement().groups().isEmpty()) {
        console.field("Groups", String.join(", ", token.placement().groups()));
      }
      if (secret == null) {
        console.field("Secret", "in " + file);
      } else {
        console.field("Secret", secret + "   (shown this once; agents read it from a file)");
      }
    }
  }

  /// `token list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the tokens; their secrets are not kept.")
  public static final class Listing implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private Output output = new Output();

    public Listing(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        var now = console.clock().instant();
        var tokens = parts.tokens().list();
        if (output.json()) {
          console.json(new Json.Arr(tokens.stream().map(token -> json(token, now)).toList()));
          return Exit.OK;
        }
        var row = "%-12s  %-7s  %5s  %5s  %-20s  %-8.8s  %s";
        console.line(
            console.bold(row.formatted("TOKEN", "STATE", "USED", "LEFT", "UNTIL", "BY", "FOR")));
        for (var token : tokens) {
          console.line(
              row.formatted(
                  token.id(),
                  state(token, now),
                  token.used(),
                  token.usesLeft(),
                  Times.minutes(token.expiresAt()),
                  token.createdBy(),
                  place(token.placement())));
        }
      }
      return Exit.OK;
    }

    private static String place(Placement placement) {
      return placement.groups().isEmpty()
          ? placement.department()
          : placement.department() + " (" + String.join(", ", placement.groups()) + ")";
    }

    private static Json json(EnrolmentToken token, Instant now) {
      return Json.object()
          .put("id", token.id())
          .put("state", state(token, now))
          .put("used", token.used())
          .put("uses-left", token.usesLeft())
          .put("expires", token.expiresAt().toString())
          .put("created", token.createdAt().toString())
          .put("created-by", token.createdBy())
          .put("approval", token.allowed().approval())
          .put("replace-silent", token.allowed().replace())
          .put("per-hour", token.perHour())
          .put("tags", Json.texts(token.placement().tags()))
          .put("department", token.placement().department())
          .put("ring", token.placement().ring())
          .put("groups", Json.texts(List.copyOf(token.placement().groups())))
          .build();
    }

    private static String state(EnrolmentToken token, Instant now) {
      if (token.usable(now)) {
        return "usable";
      }
      return token.revokedAt() != null ? "revoked" : token.usesLeft() == 0 ? "used up" : "expired";
    }
  }

  /// `token revoke`.
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a token at once. Workstations that it admitted stay enrolled.")
  public static final class Revoke implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "ID", description = "The token's id, as token list shows it.")
    private String id = "";

    public Revoke(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.tokens().revoke(console.user(), id)) {
          throw new Failure(
              Exit.FOUND,
              "there is no token " + id + " to revoke; see: interdict-server token list");
        }
        console.line("Token " + id + " admits nobody from now on.");
      }
      return Exit.OK;
    }
  }
}
