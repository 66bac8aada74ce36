package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.server.access.ApiToken;
import dev.interdict.server.cli.setup.ListOnServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.main.Parts;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/// `api-token list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the tokens; their secrets are not kept.")
public final class ApiTokenListCommand extends ListOnServer<ApiToken> {
  public ApiTokenListCommand(Console console) {
    super(console, () -> new Table("TOKEN", "STATE", "MAY", "UNTIL", "LAST USED"));
  }

  @Override
  protected List<ApiToken> all(Parts parts) {
    return parts.apiTokens().list();
  }

  @Override
  protected Json json(ApiToken token, Instant now) {
    var used = token.lastUsed();
    return Json.object()
        .put("token", token.name())
        .put("state", state(token, now))
        .put("purpose", token.purpose().word())
        .put("roles", Json.texts(GrantOptions.written(token.roles())))
        .put("scope", Json.texts(token.scope().named()))
        .put("created", token.createdAt().toString())
        .put("created-by", token.createdBy())
        .put("expires", token.expiresAt().toString())
        .put("last-used", used == null ? null : used.toString())
        .build();
  }

  @Override
  protected List<Object> line(ApiToken token, Instant now) {
    var used = token.lastUsed();
    return List.of(
        token.name(),
        state(token, now),
        token.purpose() == ApiToken.Purpose.SCIM
            ? ApiTokenCreateCommand.SCIM
            : GrantOptions.said(token.roles(), token.scope()),
        Times.minutes(token.expiresAt()),
        used == null ? "never" : Times.minutes(used));
  }

  private static String state(ApiToken token, Instant now) {
    return token.usable(now) ? "usable" : token.revokedAt() != null ? "revoked" : "expired";
  }
}
