package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.CommandLines;
import dev.interdict.server.access.CommandLines.Answer;
import dev.interdict.server.access.Gate;
import dev.interdict.server.http.HttpResponse;
import java.util.List;

/// Signing in at a command line, confirmed in the console. Thread-safe.
final class CommandLinesApi implements Operations.Resource {
  /// The page of the console where the code is typed.
  private static final String PAGE = "/command-line";

  private final CommandLines commandLines;

  CommandLinesApi(CommandLines commandLines) {
    this.commandLines = commandLines;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/command-lines",
                "beginCommandLine",
                "Begins a sign-in that a person confirms in the console by a short code")
            .takes(needs("client", Schema.text(200)))
            .answers(
                201,
                Schema.named(
                    "CommandLine",
                    needs("secret", Schema.any()),
                    needs("code", Schema.any()),
                    needs("page", Schema.any()),
                    needs("expires", Schema.instant()),
                    needs("interval-seconds", Schema.count())))
            .refuses(429)
            .secret()
            .does(Reach.APART, this::begin),
        Operation.post(
                "/command-lines/session",
                "redeemCommandLine",
                "Gives the session of a confirmed sign-in to the command line that began it")
            .takes(needs("secret", Schema.text(200)))
            .answers(200, SessionApi.SESSION)
            .refuses(403, 404, 409, 429)
            .secret()
            .does(Reach.APART, this::redeem));
  }

  private HttpResponse begin(Call call) {
    var begun = commandLines.begin(call.member("client"), call.request().address());
    if (begun == null) {
      return HttpResponse.problem(429, "too-many", "Too many sign-ins were begun; try again later.")
          .with("Retry-After", Long.toString(CommandLines.LIFETIME.toSeconds()));
    }
    return HttpResponse.json(
        201,
        Json.object()
            .put("secret", begun.secret())
            .put("code", begun.code())
            .put("page", PAGE)
            .put("expires", begun.expires().toString())
            .put("interval-seconds", CommandLines.INTERVAL.toSeconds())
            .build());
  }

  private HttpResponse redeem(Call call) {
    var request = call.request();
    return switch (commandLines.redeem(call.member("secret"), request.address())) {
      case Answer.Wait _ ->
          HttpResponse.problem(409, "waiting", "Nobody has confirmed it yet; ask again later.");
      case Answer.Slower _ ->
          HttpResponse.problem(429, "too-many", "Ask less often.")
              .with("Retry-After", Long.toString(CommandLines.INTERVAL.toSeconds()));
      case Answer.Refused _ -> HttpResponse.problem(403, "refused", "It was refused.");
      case Answer.Gone _ ->
          HttpResponse.problem(404, "not-found", "There is no such sign-in any more.");
      case Answer.SignedIn(var id, var session) ->
          SessionApi.answer(session).with("Set-Cookie", Gate.cookie(request, id));
    };
  }
}
