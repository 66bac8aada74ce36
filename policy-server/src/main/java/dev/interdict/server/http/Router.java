package dev.interdict.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which handler answers what. Routes are added while wiring, before the listener starts; after
/// that it is only read.
///
/// A pattern is a path whose segments are literal or `{name}`; a last segment `{name...}` takes all
/// that follows, slashes included. Of several patterns that fit, the one with the earlier literal
/// wins. HEAD is answered by the GET.
public final class Router {
  /// What a request without a form or document may carry.
  public static final int NO_BODY = 0;

  /// Enough for any form.
  public static final int FORM = 64 << 10;

  private final List<Route> routes = new ArrayList<>();

  /// What is found where a pattern is the path itself, which comes before all others, by method and
  /// path.
  private final Map<String, Match.Found> literals = new HashMap<>();

  /// Where a request goes.
  public sealed interface Match {
    /// To a handler, with at most `bodyLimit` bytes, if it is admitted.
    record Found(Handler handler, int bodyLimit, Admission admission, Map<String, String> captured)
        implements Match {}

    /// There is such a path, for other methods.
    record OtherMethods(String allow) implements Match {}

    /// There is no such path.
    record Nothing() implements Match {}
  }

  /// @param rank sorts literals before placeholders, segment by segment
  private record Route(
      String method,
      List<String> pattern,
      String rank,
      int bodyLimit,
      Admission admission,
      Handler handler) {
    @Nullable Map<String, String> fit(List<String> segments) {
      var captured = new HashMap<String, String>();
      for (var i = 0; i < pattern.size(); i++) {
        var part = pattern.get(i);
        if (part.endsWith("...}") && i < segments.size()) {
          captured.put(
              part.substring(1, part.length() - 4),
              String.join("/", segments.subList(i, segments.size())));
          return captured;
        }
        if (i >= segments.size()) {
          return null;
        }
        if (part.startsWith("{")) {
          captured.put(part.substring(1, part.length() - 1), segments.get(i));
        } else if (!part.equals(segments.get(i))) {
          return null;
        }
      }
      return pattern.size() == segments.size() ? captured : null;
    }

    /// Whether it takes any path at all.
    boolean isRest() {
      return pattern.size() == 1 && pattern.getLast().endsWith("...}");
    }
  }

  /// Answers GET and HEAD of `pattern`.
  public Router get(String pattern, Handler handler) {
    return add("GET", pattern, NO_BODY, Admission.ALWAYS, handler);
  }

  /// Answers POST of `pattern`, with a body of at most `bodyLimit` bytes.
  public Router post(String pattern, int bodyLimit, Handler handler) {
    return post(pattern, bodyLimit, Admission.ALWAYS, handler);
  }

  /// The same, where `admission` may send it away before its body is read.
  public Router post(String pattern, int bodyLimit, Admission admission, Handler handler) {
    return add("POST", pattern, bodyLimit, admission, handler);
  }

  /// Answers `method` of `pattern`, with a body of at most `bodyLimit` bytes.
  public Router on(String method, String pattern, int bodyLimit, Handler handler) {
    return add(method, pattern, bodyLimit, Admission.ALWAYS, handler);
  }

  /// The same, where `admission` may send it away before its body is read.
  public Router on(
      String method, String pattern, int bodyLimit, Admission admission, Handler handler) {
    return add(method, pattern, bodyLimit, admission, handler);
  }

  /// Every route, as `GET /a/{b}`.
  public List<String> routes() {
    return routes.stream()
        .map(route -> route.method + " /" + String.join("/", route.pattern))
        .toList();
  }

  private Router add(
      String method, String pattern, int bodyLimit, Admission admission, Handler handler) {
    var segments = segments(pattern);
    if (routes.stream()
        .anyMatch(route -> route.method.equals(method) && route.pattern.equals(segments))) {
      throw new IllegalStateException("two routes for " + method + " " + pattern);
    }
    var rank =
        String.join("/", segments.stream().map(part -> part.startsWith("{") ? "~" : "!").toList());
    routes.add(place(rank), new Route(method, segments, rank, bodyLimit, admission, handler));
    if (!pattern.contains("{")) {
      literals.put(
          method + " " + pattern, new Match.Found(handler, bodyLimit, admission, Map.of()));
    }
    return this;
  }

  /// After those of the same rank.
  private int place(String rank) {
    var place = routes.size();
    while (place > 0 && routes.get(place - 1).rank.compareTo(rank) > 0) {
      place--;
    }
    return place;
  }

  /// The route of a request.
  public Match match(String method, String path) {
    var wanted = method.equals("HEAD") ? "GET" : method;
    var literal = literals.get(wanted + " " + path);
    if (literal != null) {
      return literal;
    }
    var segments = segments(path);
    var others = new TreeSet<String>();
    for (var route : routes) {
      var captured = route.fit(segments);
      if (captured != null && route.method.equals(wanted)) {
        return new Match.Found(
            route.handler, route.bodyLimit, route.admission, Map.copyOf(captured));
      }
      // What answers all that nothing else does is no reason to say that there is something.
      if (captured != null && !route.isRest()) {
        others.add(route.method);
      }
    }
    if (others.contains("GET")) {
      others.add("HEAD");
    }
    return others.isEmpty()
        ? new Match.Nothing()
        : new Match.OtherMethods(String.join(", ", others));
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
