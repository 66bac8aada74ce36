package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.Groups;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.EnrolmentToken;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.expected.Arrival;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.wording.Sentence;
import java.time.Duration;
import java.util.List;

/// The tokens by which workstations enrol. A secret is in the answer that made it, and nowhere
/// else. Thread-safe.
final class TokensApi implements Operations.Resource {
  private static final long MOST_USES = 10_000_000;
  private static final long MOST_DAYS = 3_650;
  private static final int MOST_NAMES = 50;

  private static final Schema.Named TOKEN =
      Schema.named(
          "EnrolmentToken",
          needs("id", Schema.any()),
          needs("created", Schema.instant()),
          needs("created-by", Schema.any()),
          needs("expires", Schema.instant()),
          may("revoked", Schema.instant()),
          needs("uses-left", Schema.count()),
          needs("used", Schema.count()),
          needs("department", Schema.any()),
          needs("ring", Schema.any()),
          needs("tags", Schema.list(Schema.any(), Placement.MOST_TAGS)),
          needs("groups", Schema.list(Schema.any(), Groups.MOST)),
          needs("approval", new Schema.Flag()),
          needs("replace-silent", new Schema.Flag()),
          needs("per-hour", Schema.count()));

  private final EnrolmentTokens tokens;
  private final Listing list =
      Listing.whole("tokens", TOKEN, List.of(), _ -> listed(), TokensApi::json, EnrolmentToken::id);

  TokensApi(EnrolmentTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public List<Operation> operations() {
    var names = new Schema.Items(Schema.text(100), MOST_NAMES);
    return List.of(
        list.page(
            "/enrolment-tokens",
            List.of(),
            "listEnrolmentTokens",
            Reach.WHOLE,
            "The tokens, newest first",
            Role.ADMINISTRATOR),
        Operation.post(
                "/enrolment-tokens",
                "createEnrolmentToken",
                "Makes a token; its secret is in this answer alone")
            .takes(
                needs("department", Schema.text(120)),
                may("ring", Schema.text(120)),
                may("tags", names),
                may("groups", names),
                needs("days", new Schema.Whole(1, MOST_DAYS)),
                needs("uses", new Schema.Whole(1, MOST_USES)),
                may("approval", new Schema.Flag()),
                may("replace-silent", new Schema.Flag()),
                may("per-hour", new Schema.Whole(1, EnrolmentTokens.MOST_PER_HOUR)))
            .answers(
                201,
                Schema.named(
                    "NewEnrolmentToken", needs("token", TOKEN), needs("secret", Schema.any())))
            .may(Role.ADMINISTRATOR)
            .proved()
            .secret()
            .does(Reach.WHOLE, this::create),
        Operation.post(
                "/enrolment-tokens/{token}/revoke",
                "revokeEnrolmentToken",
                "Ends a token at once; workstations that it admitted stay")
            .with(Parameter.path("token", Schema.text(100), "The token's id."))
            .may(Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::revoke));
  }

  private List<EnrolmentToken> listed() {
    return tokens.list();
  }

  private HttpResponse create(Call call) {
    try {
      var ring = call.optionalMember("ring");
      var created =
          tokens.create(
              call.actor(),
              new Placement(
                  call.member("department"),
                  ring == null ? "everyone" : ring,
                  call.texts("tags"),
                  Groups.of(call.texts("groups"))),
              Duration.ofDays(call.numberMember("days", 1)),
              call.numberMember("uses", 1),
              new Arrival.Allowed(call.flagMember("approval"), call.flagMember("replace-silent")),
              call.numberMember("per-hour", 1_000));
      return HttpResponse.json(
          201,
          Json.object()
              .put("token", json(created.token()))
              .put("secret", created.secret())
              .build());
    } catch (IllegalArgumentException e) {
      throw Problem.value("department", e);
    }
  }

  private HttpResponse revoke(Call call) {
    if (!tokens.revoke(call.actor(), call.text("token"))) {
      throw Problem.missing(
          Sentence.of("token.none", "there is no token %s to revoke", call.text("token")));
    }
    return HttpResponse.empty(204);
  }

  private static Json.Obj json(EnrolmentToken token) {
    return Json.object()
        .put("id", token.id())
        .put("created", token.createdAt().toString())
        .put("created-by", token.createdBy())
        .put("expires", token.expiresAt().toString())
        .put("revoked", Answers.text(token.revokedAt()))
        .put("uses-left", token.usesLeft())
        .put("used", token.used())
        .put("department", token.placement().department())
        .put("ring", token.placement().ring())
        .put("tags", Json.texts(token.placement().tags()))
        .put("groups", Json.texts(List.copyOf(token.placement().groups())))
        .put("approval", token.allowed().approval())
        .put("replace-silent", token.allowed().replace())
        .put("per-hour", token.perHour())
        .build();
  }
}
