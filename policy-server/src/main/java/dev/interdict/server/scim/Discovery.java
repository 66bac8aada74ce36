package dev.interdict.server.scim;

import dev.interdict.json.Json;
import java.util.List;

/// What this end of SCIM can do, as it says so itself (RFC 7643, 5 to 7).
final class Discovery {
  private static final String SCHEMAS = "urn:ietf:params:scim:schemas:core:2.0:";

  private Discovery() {}

  static Json.Obj provider(String base) {
    return resource("ServiceProviderConfig")
        .put("patch", supported(true).build())
        .put("bulk", supported(false).put("maxOperations", 0).put("maxPayloadSize", 0).build())
        .put("filter", supported(true).put("maxResults", ScimRoutes.MOST).build())
        .put("changePassword", supported(false).build())
        .put("sort", supported(false).build())
        .put("etag", supported(false).build())
        .put(
            "authenticationSchemes",
            new Json.Arr(
                List.of(
                    Json.object()
                        .put("type", "oauthbearertoken")
                        .put("name", "Bearer token")
                        .put("description", "A token that interdict-server made for SCIM.")
                        .put("primary", Json.Bool.TRUE)
                        .build())))
        .put("meta", meta("ServiceProviderConfig", base + "/ServiceProviderConfig"))
        .build();
  }

  static Json.Obj userType(String base) {
    return resource("ResourceType")
        .put("id", "User")
        .put("name", "User")
        .put("description", "Somebody who may sign in at the console, or has left.")
        .put("endpoint", "/Users")
        .put("schema", Scim.USER)
        .put("meta", meta("ResourceType", base + "/ResourceTypes/User"))
        .build();
  }

  static Json.Obj userSchema(String base) {
    return resource("Schema")
        .put("id", Scim.USER)
        .put("name", "User")
        .put("description", "What is kept of a user; other attributes are passed over.")
        .put(
            "attributes",
            new Json.Arr(
                List.of(
                    attribute("userName", "string", true, "server", "The name to sign in with."),
                    attribute("active", "boolean", false, "none", "Whether sign-in is let in."))))
        .put("meta", meta("Schema", base + "/Schemas/" + Scim.USER))
        .build();
  }

  private static Json.Obj attribute(
      String name, String type, boolean required, String unique, String description) {
    return Json.object()
        .put("name", name)
        .put("type", type)
        .put("multiValued", Json.Bool.FALSE)
        .put("description", description)
        .put("required", flag(required))
        .put("caseExact", Json.Bool.FALSE)
        .put("mutability", "readWrite")
        .put("returned", "default")
        .put("uniqueness", unique)
        .build();
  }

  private static Json.Builder resource(String name) {
    return Json.object().put("schemas", Json.texts(List.of(SCHEMAS + name)));
  }

  private static Json.Builder supported(boolean is) {
    return Json.object().put("supported", flag(is));
  }

  private static Json flag(boolean is) {
    return is ? Json.Bool.TRUE : Json.Bool.FALSE;
  }

  private static Json.Obj meta(String type, String location) {
    return Json.object().put("resourceType", type).put("location", location).build();
  }
}
