package dev.interdict.trust.metadata;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.keys.TufKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The targets a role vouches for and the roles it hands paths to (specification 1.0.34, section
/// 4.5); the top-level role and delegated ones alike.
///
/// @param role under which name it was read; the file itself does not say
/// @param delegations in the order in which a search tries them
public record Targets(
    RoleName role,
    SignedFile file,
    Header header,
    Map<String, TargetFile> targets,
    List<Delegation> delegations)
    implements Metadata {

  public Targets {
    targets = Map.copyOf(targets);
    delegations = List.copyOf(delegations);
  }

  public static Targets read(RoleName role, byte[] bytes) throws RepositoryException {
    var what = "targets metadata of role " + role.encoded();
    var file = SignedFile.read(bytes, what);
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(file.signed(), faults);
    var header = Header.read(fields, "targets");
    var listed = fields.object("targets");
    var targets = new LinkedHashMap<String, TargetFile>();
    for (var path : List.copyOf(listed.names())) {
      targets.put(path, TargetFile.read(listed.object(path)));
    }
    var delegations = delegations(fields, faults);
    Header.check(what, faults);
    return new Targets(role, file, header, targets, delegations);
  }

  private static List<Delegation> delegations(Fields fields, List<Fault> faults) {
    var written = fields.optionalObject("delegations");
    if (written == null) {
      return List.of();
    }
    var known = RoleKeys.readKeys(written.object("keys"));
    var names = new HashSet<RoleName>();
    written.required("roles");
    return written.list(
        "roles",
        (item, at) -> {
          var delegation = Delegation.read(Fields.of(item, at, faults), known);
          if (!names.add(delegation.role())) {
            faults.add(new Fault(at, "delegates to a role a second time"));
          }
          return delegation;
        });
  }

  /// The delegation to that role, or null.
  public @Nullable Delegation delegation(RoleName to) {
    for (var delegation : delegations) {
      if (delegation.role().equals(to)) {
        return delegation;
      }
    }
    return null;
  }

  /// The document of a new version.
  public static Json.Obj write(
      Header header, Map<String, TargetFile> targets, List<Delegation> delegations) {
    var listed = Json.object();
    new TreeMap<>(targets).forEach((path, target) -> listed.put(path, target.write()));
    var document = header.write("targets").put("targets", listed.build());
    if (!delegations.isEmpty()) {
      SequencedMap<String, TufKey> keys = new LinkedHashMap<>();
      var roles = new ArrayList<Json>();
      for (var delegation : delegations) {
        delegation.keys().keys().forEach(key -> keys.put(key.id().value(), key));
        roles.add(delegation.write());
      }
      document.put(
          "delegations",
          Json.object().put("keys", Root.writeKeys(keys)).put("roles", roles).build());
    }
    return document.build();
  }
}
