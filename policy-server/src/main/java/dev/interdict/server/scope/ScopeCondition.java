package dev.interdict.server.scope;

import java.util.ArrayList;
import java.util.Map;

/// A scope as a condition of a query, with bound parameters.
public final class ScopeCondition {
  private ScopeCondition() {}

  /// ` and (...)`, or nothing for the whole fleet.
  ///
  /// @param column a constant of the program
  /// @param binds takes the parameters
  public static String of(Scope scope, String column, Map<String, Object> binds) {
    if (scope.isWhole()) {
      return "";
    }
    var roots = new ArrayList<String>();
    for (var root : scope.named()) {
      var n = roots.size();
      binds.put("root" + n, root);
      binds.put("below" + n, root + "/");
      // The character after a slash: all that begins with the path is before it.
      binds.put("behind" + n, root + "0");
      roots.add(
          "%1$s = :root%2$d or (%1$s >= :below%2$d and %1$s < :behind%2$d)".formatted(column, n));
    }
    return " and (" + String.join(" or ", roots) + ")";
  }
}
