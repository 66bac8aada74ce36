package dev.interdict.server.web;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Session;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the API answers whoever looks at a page. For one request.
public final class Asking {
  private static final int LARGEST = 32 << 20;
  private static final JsonLimits ANSWERS = new JsonLimits(LARGEST, 64, LARGEST, 2_000_000, false);

  private final Api api;
  private final Session session;
  private final HttpRequest request;

  Asking(Api api, Session session, HttpRequest request) {
    this.api = api;
    this.session = session;
    this.request = request;
  }

  /// Whether they may do or see what an operation does.
  public boolean may(String operation) {
    return api.may(operation, session);
  }

  /// What an operation that reads answers.
  ///
  /// @throws RefusedException with what it answers where it refuses
  public Row read(String operation, Map<String, List<String>> parameters) {
    return row(api.read(operation, parameters, session, request));
  }

  /// Something as it is in one version.
  ///
  /// @param tag by which a change says which version it is of
  public record Tagged(Row row, String tag) {}

  /// What an operation answers about one thing of which there are versions.
  ///
  /// @throws RefusedException with what it answers where it refuses
  public Tagged tagged(String operation, String parameter, String value) {
    var answer = api.read(operation, Map.of(parameter, List.of(value)), session, request);
    var tag =
        answer.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("ETag"))
            .map(header -> header.value())
            .findFirst();
    return new Tagged(row(answer), tag.orElse(""));
  }

  /// The same for one parameter.
  public Row read(String operation, String parameter, String value) {
    return read(operation, Map.of(parameter, List.of(value)));
  }

  /// A list, by those keys of the page's address that the operation knows as well.
  public Row list(String operation, Query query, String... keys) {
    return read(operation, chosen(query, keys));
  }

  /// Those keys of an address that are not empty.
  public static Map<String, List<String>> chosen(Query query, String... keys) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var key : keys) {
      var values = List.copyOf(query.values(key));
      if (!values.isEmpty()) {
        parameters.put(key, values);
      }
    }
    return parameters;
  }

  /// An answer of the API.
  ///
  /// @throws RefusedException if it is a problem
  private static Row row(HttpResponse answer) {
    if (answer.status() >= 400) {
      throw new RefusedException(answer);
    }
    return parsed(answer);
  }

  /// What a refusal says.
  public static Row told(RefusedException refused) {
    return parsed(refused.response());
  }

  /// The kind of a problem, such as `step-up`; empty for another answer.
  static String kind(HttpResponse answer) {
    var type = answer.status() < 400 ? "" : parsed(answer).text("type");
    return type.substring(type.lastIndexOf(':') + 1);
  }

  /// The object in an answer, whatever its status.
  static Row parsed(HttpResponse answer) {
    if (answer.body().length == 0) {
      return Row.NONE;
    }
    try {
      return JsonReader.read(answer.body(), ANSWERS) instanceof Json.Obj object
          ? new Row(object)
          : Row.NONE;
    } catch (JsonException e) {
      throw new IllegalStateException("the API answered what is no JSON", e);
    }
  }
}
