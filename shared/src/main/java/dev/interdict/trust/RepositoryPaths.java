package dev.interdict.trust;

import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.TargetFile;

/// Where files stand in a repository (specification 1.0.34, section 6.2 on consistent snapshots).
public final class RepositoryPaths {
  private RepositoryPaths() {}

  /// `VERSION.ROLE.json`, or `ROLE.json` where snapshots are not consistent. The timestamp has no
  /// version in its name, ever; a root always has.
  public static String metadata(RoleName role, long version, boolean consistent) {
    var name = role.encoded() + ".json";
    var versioned = role.equals(RoleName.ROOT) || (consistent && !role.equals(RoleName.TIMESTAMP));
    return versioned ? version + "." + name : name;
  }

  /// `targets/FOLDER/HASH.NAME`, each component encoded, or without the hash.
  public static String target(String path, TargetFile target, boolean consistent) {
    var out = new StringBuilder("targets");
    var components = path.split("/", -1);
    var hash = target.hashes().forFileName();
    for (var i = 0; i < components.length; i++) {
      out.append('/');
      if (i == components.length - 1 && consistent && hash != null) {
        out.append(hash).append('.');
      }
      out.append(component(components[i]));
    }
    return out.toString();
  }

  /// Dots alone would climb.
  private static String component(String text) {
    return text.equals(".") || text.equals("..")
        ? text.replace(".", "%2E")
        : RoleName.percentEncoded(text);
  }
}
