package dev.interdict.server.cli.enrolment;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ListOnServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.fleet.EnrolmentToken;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.main.Parts;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/// `token list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the tokens; their secrets are not kept.")
public final class TokenListCommand extends ListOnServer<EnrolmentToken> {
  public TokenListCommand(Console console) {
    super(
        console,
        () ->
            new Table("TOKEN", "STATE", "LEFT", "UNTIL", "FOR", "USED", "BY")
                .right("LEFT", "USED"));
  }

  @Override
  protected List<EnrolmentToken> all(Parts parts) {
    return parts.tokens().list();
  }

  @Override
  protected Json json(EnrolmentToken token, Instant now) {
    var placement = token.placement();
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
        .put("tags", Json.texts(placement.tags()))
        .put("department", placement.department())
        .put("ring", placement.ring())
        .put("groups", Json.texts(List.copyOf(placement.groups())))
        .build();
  }

  @Override
  protected List<Object> line(EnrolmentToken token, Instant now) {
    return List.of(
        token.id(),
        state(token, now),
        token.usesLeft(),
        Times.minutes(token.expiresAt()),
        place(token.placement()),
        token.used(),
        token.createdBy());
  }

  private static String place(Placement placement) {
    return placement.groups().isEmpty()
        ? placement.department()
        : placement.department() + " (" + String.join(", ", placement.groups()) + ")";
  }

  private static String state(EnrolmentToken token, Instant now) {
    if (token.usable(now)) {
      return "usable";
    }
    return token.revokedAt() != null ? "revoked" : token.usesLeft() == 0 ? "used up" : "expired";
  }
}
