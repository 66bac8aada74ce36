package dev.interdict.server.scim;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What messages of SCIM have in common: their media type, their limits, and names of attributes
/// that are the same in any case (RFC 7643, 2.1).
final class Scim {
  /// Where all of it is.
  static final String BASE = "/scim/v2";

  static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

  private static final String TYPE = "application/scim+json";

  /// A user as directories send one has a few dozen values.
  private static final JsonLimits LIMITS = new JsonLimits(64 << 10, 12, 16 << 10, 4_000, true);

  private Scim() {}

  static HttpResponse answer(int status, Json body) {
    return HttpResponse.of(status, TYPE, JsonWriter.compact(body));
  }

  /// The message that a request carries.
  static Json.Obj body(HttpRequest request) {
    var type = request.header("content-type");
    var media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals(TYPE) && !media.equals("application/json")) {
      throw ScimError.refused(415, "the body is sent as " + TYPE + " or application/json");
    }
    try {
      if (JsonReader.read(request.body(), LIMITS) instanceof Json.Obj object) {
        return object;
      }
      throw ScimError.bad("invalidSyntax", "the body is one JSON object");
    } catch (JsonException e) {
      throw ScimError.bad("invalidSyntax", "the body cannot be read: " + e.getMessage());
    }
  }

  /// An attribute, or null: by its name, by that after the schema of users (RFC 7644, 3.10), or
  /// within what the schema is the name of. In two spellings it would be two things to two readers.
  static @Nullable Json attribute(Json.Obj object, String name) {
    Json found = null;
    for (var member : object.members().entrySet()) {
      var key = member.getKey();
      var value =
          key.equalsIgnoreCase(name) || key.equalsIgnoreCase(USER + ":" + name)
              ? member.getValue()
              : key.equalsIgnoreCase(USER) && member.getValue() instanceof Json.Obj inner
                  ? attribute(inner, name)
                  : null;
      if (value != null && found != null) {
        throw ScimError.bad("invalidSyntax", "\"" + name + "\" is given twice");
      }
      found = value == null ? found : value;
    }
    return found;
  }

  /// Some of many (RFC 7644, 3.4.2).
  ///
  /// @param start the first one's number, from 1
  static HttpResponse list(long total, long start, List<? extends Json> some) {
    return answer(
        200,
        Json.object()
            .put(
                "schemas",
                Json.texts(List.of("urn:ietf:params:scim:api:messages:2.0:ListResponse")))
            .put("totalResults", total)
            .put("startIndex", start)
            .put("itemsPerPage", some.size())
            .put("Resources", new Json.Arr(List.copyOf(some)))
            .build());
  }
}
