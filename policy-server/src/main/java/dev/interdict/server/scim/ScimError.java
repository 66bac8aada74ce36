package dev.interdict.server.scim;

import dev.interdict.json.Json;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways in which SCIM says no (RFC 7644, 3.12).
final class ScimError {
  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

  private ScimError() {}

  /// A value, a path, or a whole message that cannot be taken (400).
  ///
  /// @param type one of table 9 of the RFC
  static RefusedException bad(String type, String detail) {
    return new RefusedException(answer(400, type, detail));
  }

  static RefusedException refused(int status, String detail) {
    return new RefusedException(answer(status, null, detail));
  }

  /// Somebody else has that name or id (409).
  static RefusedException taken(String what) {
    return new RefusedException(
        answer(409, "uniqueness", "another user has the " + what + "; look it up by a filter"));
  }

  static HttpResponse answer(int status, @Nullable String type, String detail) {
    return Scim.answer(
        status,
        Json.object()
            .put("schemas", Json.texts(List.of(SCHEMA)))
            .put("status", Integer.toString(status))
            .put("scimType", type)
            .put("detail", detail)
            .build());
  }
}
