package dev.interdict.server.cli.enrolment;

import dev.interdict.json.Json;
import dev.interdict.report.Groups;
import dev.interdict.server.cli.setup.OnServer;
import dev.interdict.server.cli.setup.SecretFile;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.fleet.EnrolmentToken;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.expected.Arrival;
import dev.interdict.server.main.Parts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `token create`.
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Creates a token. Its secret is shown this once.")
public final class TokenCreateCommand extends OnServer {
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

  @Mixin private SecretFile file = new SecretFile();

  public TokenCreateCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) throws IOException {
    file.refuseExisting();
    try {
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
      show(created.token(), file.keep(created.secret()));
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private void show(EnrolmentToken token, @Nullable String secret) {
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("id", token.id())
              .put("secret", secret)
              .put("uses", token.usesLeft())
              .put("expires", token.expiresAt().toString())
              .put("groups", Json.texts(List.copyOf(token.placement().groups())))
              .put("approval", token.allowed().approval())
              .put("replace-silent", token.allowed().replace())
              .put("per-hour", token.perHour())
              .build(),
          console);
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
    console.field("Secret", file.said(secret, "shown this once; agents read it from a file"));
  }
}
