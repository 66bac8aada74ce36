package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server answered.
///
/// @param body an empty object where there is none
/// @param tag names the version that was read, for a change of it; null where it has none
/// @param cookie the session that it opens or renews; null for none
public record Answer(int status, Json.Obj body, @Nullable String tag, @Nullable String cookie) {
  static final JsonLimits LIMITS = new JsonLimits(64 << 20, 32, 1 << 20, 2_000_000, false);

  /// What the API adds to the name of a list for the number of those that it does not tell.
  private static final String LEFT_OUT = "-left-out";

  private static final String PROBLEM = "urn:interdict:problem:";

  static Json.Obj object(byte[] body) throws JsonException {
    if (body.length == 0) {
      return Json.object().build();
    }
    if (JsonReader.read(body, LIMITS) instanceof Json.Obj object) {
      return object;
    }
    throw new JsonException("it is no object");
  }

  boolean isDone() {
    return status / 100 == 2;
  }

  /// Whether the server says no for this reason, such as `step-up`.
  boolean isProblem(String kind) {
    return body.get("type") instanceof Json.Text(var type) && type.equals(PROBLEM + kind);
  }

  /// Why the server says no, with every fault that it found.
  String why() {
    var words = new ArrayList<String>();
    if (body.get("errors") instanceof Json.Arr(var faults)) {
      for (var fault : faults) {
        if (fault instanceof Json.Obj object) {
          words.add((text(object, "at") + " " + text(object, "message")).strip());
        }
      }
    }
    if (!words.isEmpty()) {
      return String.join("; ", words);
    }
    var detail = text(body, "detail");
    var title = text(body, "title");
    return !detail.isEmpty() ? detail : !title.isEmpty() ? title : "it answers " + status;
  }

  /// A member that is a text; empty where there is none.
  public String text(String name) {
    return text(body, name);
  }

  /// The objects of a list.
  public List<Json.Obj> rows(String name) {
    return body.get(name) instanceof Json.Arr(var items)
        ? items.stream().map(item -> row(name, item)).toList()
        : List.of();
  }

  /// How many of a list the server left out of it.
  public long leftOut(String name) {
    return body.get(name + LEFT_OUT) instanceof Json.Int(var number) ? number : 0;
  }

  private static Json.Obj row(String name, Json item) {
    if (item instanceof Json.Obj object) {
      return object;
    }
    throw new Failure(
        Exit.UNREACHABLE, "the server answers nonsense: one of its " + name + " is no object");
  }

  /// Leaves the session out, and what may be a secret that is shown once.
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }

  private static String text(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Text(var text) ? text : "";
  }
}
