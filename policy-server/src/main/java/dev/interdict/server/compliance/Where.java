package dev.interdict.server.compliance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions of a query with their parameters, while they come together. Their text is made of
/// constants only; every value is a bound parameter.
final class Where {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, @Nullable Object> binds = new HashMap<>();

  /// Adds those of another.
  Where and(Where other) {
    conditions.addAll(other.conditions);
    binds.putAll(other.binds);
    return this;
  }

  Where add(String condition) {
    conditions.add(condition);
    return this;
  }

  Where bind(String name, @Nullable Object value) {
    binds.put(name, value);
    return this;
  }

  Where bind(Map<String, ?> all) {
    binds.putAll(all);
    return this;
  }

  /// One of `values`; anything where there are none.
  Where any(String expression, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      add(expression + " in (" + marks(name, values) + ")");
    }
    return this;
  }

  /// The same where many are to be expected. PostgreSQL takes one in two hundred to be equal to a
  /// word of which it knows nothing, and then sorts all instead of reading them in their order; of
  /// what is greater than a number it takes a third.
  Where many(String expression, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      add("case when " + expression + " in (" + marks(name, values) + ") then 1 else 0 end > 0");
    }
    return this;
  }

  private String marks(String name, Collection<String> values) {
    var names = new ArrayList<String>();
    for (var value : values) {
      var bind = name + names.size();
      names.add(":" + bind);
      binds.put(bind, value);
    }
    return String.join(", ", names);
  }

  Map<String, @Nullable Object> binds() {
    return binds;
  }

  String conditions() {
    return String.join(" and ", conditions);
  }

  /// The clause; empty where there is none.
  String text() {
    return conditions.isEmpty() ? "" : " where " + conditions();
  }
}
