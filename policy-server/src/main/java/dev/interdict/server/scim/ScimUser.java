package dev.interdict.server.scim;

import dev.interdict.json.Json;
import dev.interdict.server.access.Roster;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Somebody of the company's directory (RFC 7643, 4.1), of whom no more is kept than it takes to
/// tell who has left. Immutable.
///
/// @param id ours, for as long as the directory does not delete the user
/// @param userName what somebody gives to sign in at the identity provider; unique in any case
/// @param externalId the directory's own id; null where it gives none
/// @param active whether sign-in is let through
public record ScimUser(
    String id,
    String userName,
    @Nullable String externalId,
    boolean active,
    Instant created,
    Instant changed) {

  /// A user name as it is compared.
  static String key(String userName) {
    return userName.toLowerCase(Locale.ROOT);
  }

  Roster.Called called() {
    return new Roster.Called(id, key(userName), externalId);
  }

  /// The same with what was said of it.
  ScimUser with(Said said, Instant now) {
    var name = said.userName();
    var external = said.externalId();
    var changed =
        new ScimUser(
            id,
            name == null ? userName : name,
            external == null ? externalId : external.isEmpty() ? null : external,
            said.active() == null ? active : said.active(),
            created,
            this.changed);
    return changed.equals(this)
        ? this
        : new ScimUser(
            id, changed.userName(), changed.externalId(), changed.active(), created, now);
  }

  /// @param base where SCIM is, as the client reaches it
  Json.Obj json(String base) {
    return Json.object()
        .put("schemas", Json.texts(List.of(Scim.USER)))
        .put("id", id)
        .put("externalId", externalId)
        .put("userName", userName)
        .put("active", active ? Json.Bool.TRUE : Json.Bool.FALSE)
        .put(
            "meta",
            Json.object()
                .put("resourceType", "User")
                .put("created", created.toString())
                .put("lastModified", changed.toString())
                .put("location", location(base))
                .build())
        .build();
  }

  String location(String base) {
    return base + "/Users/" + id;
  }
}
