package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import java.util.List;

/// Who asks, as the server sees it. Thread-safe.
final class MeApi implements Operations.Resource {
  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get("/me", "getMe", "Who asks, and what they may do")
            .answers(
                200,
                Schema.named(
                    "Me",
                    needs("account", Schema.any()),
                    needs("kind", Schema.any()),
                    needs("roles", Schema.list(Schema.any())),
                    needs("departments", Schema.list(Schema.any())),
                    needs("expires", Schema.instant())))
            .may(Role.VIEWER)
            .does(Reach.APART, MeApi::me));
  }

  private static HttpResponse me(Call call) {
    var session = call.session();
    return HttpResponse.json(
        200,
        Json.object()
            .put("account", session.account())
            .put("kind", Fields.written(session.kind()))
            .put("roles", Json.texts(call.roles().stream().map(Fields::written).toList()))
            .put("departments", Json.texts(session.scope().named()))
            .put("expires", session.expiresAt().toString())
            .build());
  }
}
