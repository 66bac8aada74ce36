package dev.interdict.trust.metadata;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which versions of all targets roles belong together (specification 1.0.34, section 4.4).
public record Snapshot(SignedFile file, Header header, Map<RoleName, FileMeta> roles)
    implements Metadata {
  private static final String SUFFIX = ".json";

  public Snapshot {
    roles = Map.copyOf(roles);
  }

  public static Snapshot read(byte[] bytes) throws RepositoryException {
    var what = "snapshot metadata";
    var file = SignedFile.read(bytes, what);
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(file.signed(), faults);
    var header = Header.read(fields, "snapshot");
    var meta = fields.object("meta");
    var roles = new TreeMap<RoleName, FileMeta>();
    for (var name : List.copyOf(meta.names())) {
      var promise = FileMeta.read(meta.object(name));
      var length = name.length() - SUFFIX.length();
      if (name.endsWith(SUFFIX) && length > 0 && length <= 200) {
        roles.put(new RoleName(name.substring(0, length)), promise);
      } else {
        meta.fault(name, "is not a role's file name");
      }
    }
    if (!roles.containsKey(RoleName.TARGETS)) {
      fields.fault("meta", "lacks targets.json");
    }
    Header.check(what, faults);
    return new Snapshot(file, header, roles);
  }

  /// The document of a new snapshot.
  public static Json.Obj write(Header header, Map<RoleName, FileMeta> roles) {
    var meta = Json.object();
    new TreeMap<>(roles)
        .forEach((role, promise) -> meta.put(role.value() + SUFFIX, promise.write()));
    return header.write("snapshot").put("meta", meta.build()).build();
  }
}
