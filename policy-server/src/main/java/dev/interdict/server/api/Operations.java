package dev.interdict.server.api;

import dev.interdict.json.Fields;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.http.Admission;
import dev.interdict.server.http.Handler;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import dev.interdict.server.idempotency.Once;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All operations of the API for people. The router is filled from here alone, so what is not
/// described cannot be reached. Thread-safe once filled.
public final class Operations {
  private final Gate gate;
  private final Once once;
  private final Pace pace;
  private final Map<String, Operation> byId = new LinkedHashMap<>();

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
    resource.operations().forEach(this::add);
    return this;
  }

  private void add(Operation operation) {
    if (byId.put(operation.id(), operation) != null) {
      throw new IllegalStateException("two operations are called " + operation.id());
    }
  }

  List<Operation> all() {
    return List.copyOf(byId.values());
  }

  /// The operation of that name, or null.
  @Nullable Operation named(String id) {
    return byId.get(id);
  }

  /// Adds a route for each, and one for the description itself.
  void addTo(Router router) {
    add(new OpenApi(this).operation());
    for (var operation : byId.values()) {
      router.on(
          operation.method(),
          operation.address(),
          operation.longest(),
          Admission.byHead(head -> stranger(operation, head)),
          handler(operation));
    }
  }

  /// Nobody's body is read who is let in nowhere.
  private @Nullable HttpResponse stranger(Operation operation, HttpRequest head) {
    return operation.roles().isEmpty() || gate.session(head) != null ? null : Gate.stranger(head);
  }

  private Handler handler(Operation operation) {
    return operation.roles().isEmpty()
        ? request -> operation.action().run(Call.of(operation, request, null))
        : gate.only(Role.VIEWER, (request, session) -> run(operation, request, session));
  }

  /// Whether somebody's roles and scope let them do it.
  static boolean may(Operation operation, Session session) {
    return refusal(operation, session) == null;
  }

  private static @Nullable HttpResponse refusal(Operation operation, Session session) {
    if (!operation.roles().isEmpty() && operation.roles().stream().noneMatch(session::may)) {
      return HttpResponse.problem(
          403,
          "role",
          "Your account may not do this.",
          "it takes the role "
              + operation.roles().stream()
                  .sorted()
                  .map(Fields::written)
                  .collect(Collectors.joining(" or ")));
    }
    return operation.reach() == Reach.WHOLE && !session.scope().isWhole()
        ? HttpResponse.problem(
            403, "scope", "This is about the whole fleet; your account sees a part.")
        : null;
  }

  /// Does an operation for somebody whose request was let in, at their pace.
  HttpResponse run(Operation operation, HttpRequest request, Session session) {
    var refused = barred(operation, session);
    return refused != null ? refused : answer(operation, request, session);
  }

  /// The same for a page that reads.
  HttpResponse let(Operation operation, HttpRequest request, Session session) {
    var refused = barred(operation, session);
    return refused != null ? refused : operation.action().run(Call.of(operation, request, session));
  }

  private @Nullable HttpResponse barred(Operation operation, Session session) {
    var refused = refusal(operation, session);
    if (refused == null && operation.traits().proof() != Operation.Proof.NONE) {
      refused = gate.unproved(session);
    }
    if (refused == null && operation.traits().proof() == Operation.Proof.PERSONAL) {
      refused = gate.impersonal(session);
    }
    return refused;
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
