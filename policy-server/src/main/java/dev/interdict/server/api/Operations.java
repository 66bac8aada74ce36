package dev.interdict.server.api;

import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.http.Admission;
import dev.interdict.server.http.Handler;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import dev.interdict.server.idempotency.Once;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All operations of the API for people. The router is filled from here alone, so what is not
/// described cannot be reached. Thread-safe once filled.
public final class Operations {
  private final Gate gate;
  private final Once once;
  private final Pace pace;
  private final List<Operation> all = new ArrayList<>();

  public Operations(Gate gate, Once once, Pace pace) {
    this.gate = gate;
    this.once = once;
    this.pace = pace;
  }

  /// What has operations.
  interface Resource {
    List<Operation> operations();
  }

  /// Takes a resource's operations.
  Operations add(Resource resource) {
    all.addAll(resource.operations());
    return this;
  }

  List<Operation> all() {
    return List.copyOf(all);
  }

  /// Adds a route for each, and one for the description itself.
  void addTo(Router router) {
    all.add(new OpenApi(this).operation());
    var ids = new HashSet<String>();
    for (var operation : all) {
      if (!ids.add(operation.id())) {
        throw new IllegalStateException("two operations are called " + operation.id());
      }
      router.on(
          operation.method(),
          operation.address(),
          limit(operation),
          Admission.byHead(head -> stranger(operation, head)),
          handler(operation));
    }
  }

  /// Nobody's body is read who is let in nowhere.
  private @Nullable HttpResponse stranger(Operation operation, HttpRequest head) {
    return operation.roles().isEmpty() || gate.session(head) != null
        ? null
        : HttpResponse.problem(401, "sign-in", "Sign in first.");
  }

  /// Only those bodies may be long that have to.
  private static int limit(Operation operation) {
    if (!operation.changes()) {
      return Router.NO_BODY;
    }
    return operation.body() instanceof Schema.Members(var members)
            && members.stream()
                .anyMatch(member ->
                    member.schema() instanceof Schema.Text text && text.most() > Router.FORM)
        ? Operation.BODY
        : Router.FORM;
  }

  private Handler handler(Operation operation) {
    var roles = operation.roles();
    if (roles.isEmpty()) {
      return request -> operation.action().run(Call.of(operation, request, null));
    }
    var role = roles.size() == 1 ? roles.iterator().next() : Role.VIEWER;
    Gate.SignedInHandler let =
        (request, session) ->
            !roles.stream().anyMatch(session::may)
                ? HttpResponse.problem(403, "role", "Your account may not do this.")
                : operation.reach() == Reach.WHOLE && !session.scope().isWhole()
                    ? HttpResponse.problem(
                        403, "scope", "This is about the whole fleet; your account sees a part.")
                    : answer(operation, request, session);
    return switch (operation.traits().proof()) {
      case NONE -> gate.only(role, let);
      case RECENT -> gate.recently(role, let);
      case PERSONAL -> gate.personally(role, let);
    };
  }

  private HttpResponse answer(Operation operation, HttpRequest request, Session session) {
    var wait = pace.wait(session.account(), operation.changes());
    if (wait > 0) {
      return HttpResponse.problem(429, "too-many", "Too many requests; try again later.")
          .with("Retry-After", Long.toString(wait));
    }
    var call = Call.of(operation, request, session);
    var key = request.header("idempotency-key");
    if (key == null || !operation.changes()) {
      return operation.action().run(call);
    }
    return once.run(
        session.account(),
        key,
        request,
        operation.traits().secret(),
        () -> operation.action().run(call));
  }
}
