package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.ApiToken;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.wording.Sentence;
import java.time.InstantSource;
import java.util.List;

/// The tokens of programs: which there are, and their end. Thread-safe.
final class ApiTokensApi implements Operations.Resource {
  private static final Schema.Named TOKEN =
      Schema.named(
          "ApiToken",
          needs("name", Schema.any()),
          needs("purpose", Schema.words(ApiToken.Purpose.API.word(), ApiToken.Purpose.SCIM.word())),
          needs("roles", Schema.list(AccountsApi.ROLE, Role.values().length)),
          needs("scope", Schema.list(Schema.any(), Scope.MOST)),
          needs("created", Schema.instant()),
          needs("created-by", Schema.any()),
          needs("expires", Schema.instant()),
          may("revoked", Schema.instant()),
          may("last-used", Schema.instant()),
          needs("usable", new Schema.Flag()));

  private final ApiTokens tokens;
  private final InstantSource clock;
  private final Listing list;

  ApiTokensApi(ApiTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
    list =
        Listing.whole(
            "api-tokens", TOKEN, List.of(), _ -> tokens.list(), this::json, ApiToken::name);
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listApiTokens",
            Reach.WHOLE,
            "The tokens of programs by name, also those that let nobody in any more",
            Role.AUDITOR,
            Role.ADMINISTRATOR),
        Operation.post("/api-tokens/{token}/revoke", "revokeApiToken", "Ends a token at once")
            .with(Parameter.path("token", Schema.text(64), "Its name."))
            .may(Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::revoke));
  }

  private HttpResponse revoke(Call call) {
    if (!tokens.revoke(call.actor(), call.text("token"))) {
      throw Problem.missing(
          Sentence.of("token.none", "there is no token %s to revoke", call.text("token")));
    }
    return HttpResponse.empty(204);
  }

  private Json.Obj json(ApiToken token) {
    return Json.object()
        .put("name", token.name())
        .put("purpose", token.purpose().word())
        .put("roles", Json.texts(token.roles().stream().sorted().map(Fields::written).toList()))
        .put("scope", Json.texts(token.scope().named()))
        .put("created", token.createdAt().toString())
        .put("created-by", token.createdBy())
        .put("expires", token.expiresAt().toString())
        .put("revoked", Answers.text(token.revokedAt()))
        .put("last-used", Answers.text(token.lastUsed()))
        .put("usable", token.usable(clock.instant()))
        .build();
  }
}
