package dev.interdict.server.api;

import dev.interdict.json.JsonWriter;
import dev.interdict.server.access.Session;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.web.Api;
import dev.interdict.server.wording.Sentence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The operations for the console's pages, in the same process. A page's own reading is not counted
/// against the pace of its reader, since one page asks several times. Thread-safe.
final class ForPages implements Api {
  private final Operations operations;

  ForPages(Operations operations) {
    this.operations = operations;
  }

  @Override
  public boolean may(String operation, Session session) {
    var known = operations.named(operation);
    return known != null && Operations.may(known, session);
  }

  @Override
  public HttpResponse read(
      String operation, Map<String, List<String>> parameters, Session session, HttpRequest page) {
    return answered(() -> {
      var wanted = operation(operation, false);
      return operations.let(
          wanted, request(wanted, parameters, Map.of(), page, new byte[0]), session);
    });
  }

  @Override
  public HttpResponse carryOut(String operation, HttpRequest form, Session session) {
    return answered(() -> {
      var wanted = operation(operation, true);
      var headers = new LinkedHashMap<String, String>();
      var seen = form.field("_seen");
      if (seen != null) {
        headers.put("if-match", seen);
      }
      var once = form.field("_once");
      if (once != null) {
        headers.put("idempotency-key", once);
      }
      var schema = wanted.body();
      var body = new byte[0];
      if (schema != null) {
        headers.put("content-type", "application/json");
        body = JsonWriter.compact(new FormBody(form.form()).json(schema));
      }
      return operations.run(
          wanted, request(wanted, form.parameters(), headers, form, body), session);
    });
  }

  private Operation operation(String id, boolean changes) {
    var known = operations.named(id);
    if (known == null || known.changes() != changes) {
      throw Problem.missing(Sentence.plain("no operation of this server is called " + id));
    }
    return known;
  }

  private interface Answering {
    HttpResponse answer();
  }

  private static HttpResponse answered(Answering answering) {
    try {
      return answering.answer();
    } catch (RefusedException e) {
      return e.response();
    }
  }

  private static HttpRequest request(
      Operation operation,
      Map<String, List<String>> parameters,
      Map<String, String> headers,
      HttpRequest page,
      byte[] body) {
    var query = new LinkedHashMap<>(parameters);
    var places = new LinkedHashMap<String, String>();
    for (var parameter : operation.parameters()) {
      if (parameter.in().equals("path")) {
        var given = query.remove(parameter.name());
        if (given == null || given.size() != 1) {
          throw Problem.query("the parameter \"" + parameter.name() + "\" is missing");
        }
        places.put(parameter.name(), given.getFirst());
      }
    }
    var path = operation.address();
    for (var place : places.entrySet()) {
      path = path.replace("{" + place.getKey() + "}", place.getValue());
    }
    // Whoever asks for the head alone gets no file made, and none is counted.
    var method = page.method().equals("HEAD") ? "HEAD" : operation.method();
    return page.onBehalf(method, path, query, places, headers, body);
  }
}
