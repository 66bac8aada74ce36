package dev.interdict.server.compliance;

import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Which devices are counted.
///
/// @param rings and
/// @param versions of the agent; no count knows both of one of these and of sources
/// @param source only those that have it by this; null for all
record Subset(
    Scope scope,
    Terms departments,
    Terms os,
    Terms rings,
    Terms versions,
    @Nullable String source) {
  static final Subset ALL = of(Scope.WHOLE);

  static Subset of(Scope scope) {
    return of(scope, Part.WHOLE);
  }

  static Subset of(Scope scope, Part part) {
    return new Subset(scope, part.departments(), part.os(), part.rings(), Terms.ALL, null);
  }

  Subset {
    if (source != null && !(versions.isAll() && rings.isAll())) {
      throw new IllegalArgumentException(
          "nothing is counted by source and by version or ring at once");
    }
  }

  boolean includes(Moved.Row row) {
    var department = row.cell().department();
    return scope.includes(department)
        && departments.allows(department)
        && os.allows(row.cell().os())
        && rings.allows(row.ring())
        && versions.allows(row.version())
        && (source == null || row.sources().contains(source));
  }

  Where where() {
    var where =
        new Where()
            .terms("department", "department", departments)
            .terms("os", "os", os)
            .terms("ring", "ring", rings)
            .terms("version", "version", versions);
    var binds = new HashMap<String, Object>();
    return where.add("1 = 1" + ScopeCondition.of(scope, "department", binds)).bind(binds);
  }
}
