package dev.interdict.trust.metadata;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.keys.TufKey;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The root of trust: which keys may sign for the four roles (specification 1.0.34, section 4.3).
///
/// @param roles the keys of exactly the four top-level roles
/// @param time our field `x-interdict-time`: the keys that sign
///   [dev.interdict.trust.TimeStatement], or null
/// @param schemes our field `x-interdict-schemes`: the signature schemes that devices accept beside
///   Ed25519, for keys in tokens that cannot do it. Safe here and nowhere else, since the first
///   root is pinned and each later one is signed by the one before
public record Root(
    SignedFile file,
    Header header,
    boolean consistentSnapshot,
    Map<RoleName, RoleKeys> roles,
    @Nullable RoleKeys time,
    Schemes schemes)
    implements Metadata {
  private static final String TIME = "x-interdict-time";
  private static final String SCHEMES = "x-interdict-schemes";
  private static final RoleName[] TOP_LEVEL = {
    RoleName.ROOT, RoleName.TIMESTAMP, RoleName.SNAPSHOT, RoleName.TARGETS
  };

  public Root {
    roles = Map.copyOf(roles);
  }

  /// The keys of one of the four top-level roles.
  public RoleKeys keys(RoleName role) {
    var keys = roles.get(role);
    if (keys == null) {
      throw new IllegalArgumentException(role + " is no top-level role");
    }
    return keys;
  }

  public static Root read(byte[] bytes) throws RepositoryException {
    var what = "root metadata";
    var file = SignedFile.read(bytes, what);
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(file.signed(), faults);
    var header = Header.read(fields, "root");
    var consistent = fields.flag("consistent_snapshot", false);
    var known = RoleKeys.readKeys(fields.object("keys"));
    var written = fields.object("roles");
    var roles = new TreeMap<RoleName, RoleKeys>();
    for (var role : TOP_LEVEL) {
      roles.put(role, RoleKeys.read(written.object(role.value()), known));
    }
    var timeFields = fields.optionalObject(TIME);
    var time = timeFields == null ? null : RoleKeys.read(timeFields, known);
    var schemes = Schemes.ED25519.and(fields.texts(SCHEMES));
    Header.check(what, faults);
    return new Root(file, header, consistent, roles, time, schemes);
  }

  /// The document of a new root under which Ed25519 alone is accepted.
  public static Json.Obj write(
      Header header, Map<RoleName, RoleKeys> roles, @Nullable RoleKeys time) {
    return write(header, roles, time, Schemes.ED25519);
  }

  /// The document of a new root under which `schemes` are accepted.
  public static Json.Obj write(
      Header header, Map<RoleName, RoleKeys> roles, @Nullable RoleKeys time, Schemes schemes) {
    var keys = new TreeMap<String, TufKey>();
    var written = Json.object();
    for (var entry : new TreeMap<>(roles).entrySet()) {
      written.put(entry.getKey().value(), entry.getValue().write().build());
      entry.getValue().keys().forEach(key -> keys.put(key.id().value(), key));
    }
    if (time != null) {
      time.keys().forEach(key -> keys.put(key.id().value(), key));
    }
    return header
        .write("root")
        .put("consistent_snapshot", true)
        .put("keys", writeKeys(keys))
        .put("roles", written.build())
        .put(TIME, time == null ? null : time.write().build())
        .put(SCHEMES, schemes.equals(Schemes.ED25519) ? null : Json.texts(schemes.names()))
        .build();
  }

  static Json.Obj writeKeys(Map<String, TufKey> keys) {
    var written = Json.object();
    keys.forEach((id, key) -> written.put(id, key.json()));
    return written.build();
  }
}
