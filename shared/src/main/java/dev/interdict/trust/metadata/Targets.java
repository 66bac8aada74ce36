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
/// @param bins in their place, or null
public record Targets(
    RoleName role,
    SignedFile file,
    Header header,
    Map<String, TargetFile> targets,
    List<Delegation> delegations,
    @Nullable SuccinctRoles bins)
    implements Metadata {
  private static final String BINS = "succinct_roles";

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
    var written = fields.optionalObject("delegations");
    List<Delegation> delegations = List.of();
    SuccinctRoles bins = null;
    if (written != null) {
      var known = RoleKeys.readKeys(written.object("keys"));
      if (!written.has(BINS)) {
        delegations = delegations(written, known, faults);
      } else if (written.has("roles")) {
        written.fault(BINS, "must not stand beside \"roles\"");
      } else {
        bins = SuccinctRoles.read(written.object(BINS), known);
      }
    }
    Header.check(what, faults);
    return new Targets(role, file, header, targets, delegations, bins);
  }

  private static List<Delegation> delegations(
      Fields written, Map<String, TufKey> known, List<Fault> faults) {
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

  /// The delegations that `path` fits, in the order in which they are to be followed (5.6.7).
  public List<Delegation> matching(String path) {
    if (bins != null) {
      return List.of(bins.bin(path));
    }
    var matching = new ArrayList<Delegation>();
    for (var delegation : delegations) {
      if (delegation.paths().match(path)) {
        matching.add(delegation);
      }
    }
    return matching;
  }

  /// The document of a new version.
  public static Json.Obj write(
      Header header, Map<String, TargetFile> targets, List<Delegation> delegations) {
    var document = write(header, targets);
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

  /// The document of a new version that delegates to hash bins.
  public static Json.Obj write(Header header, Map<String, TargetFile> targets, SuccinctRoles bins) {
    var keys = new TreeMap<String, TufKey>();
    bins.keys().keys().forEach(key -> keys.put(key.id().value(), key));
    var delegations =
        Json.object().put("keys", Root.writeKeys(keys)).put(BINS, bins.write()).build();
    return write(header, targets).put("delegations", delegations).build();
  }

  private static Json.Builder write(Header header, Map<String, TargetFile> targets) {
    var listed = Json.object();
    new TreeMap<>(targets).forEach((path, target) -> listed.put(path, target.write()));
    return header.write("targets").put("targets", listed.build());
  }
}
