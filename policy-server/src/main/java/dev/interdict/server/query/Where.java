package dev.interdict.server.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions of a statement with their parameters, while they come together. Their text is made of
/// constants only; every value is a bound parameter. Expressions and names are constants of the
/// program. Not thread-safe.
public final class Where {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, @Nullable Object> binds = new HashMap<>();

  /// Adds those of another.
  public Where and(Where other) {
    conditions.addAll(other.conditions);
    binds.putAll(other.binds);
    return this;
  }

  /// Adds a condition.
  public Where add(String condition) {
    conditions.add(condition);
    return this;
  }

  /// Gives a parameter its value.
  public Where bind(String name, @Nullable Object value) {
    binds.put(name, value);
    return this;
  }

  /// Gives several parameters their values.
  public Where bind(Map<String, ?> all) {
    binds.putAll(all);
    return this;
  }

  /// One of `values`; anything where there are none.
  public Where any(String expression, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      add(expression + " in (" + marks(name, values) + ")");
    }
    return this;
  }

  /// The same as [#any] where many are to be expected. PostgreSQL takes one in two hundred to be
  /// equal to a word of which it knows nothing, and then sorts all instead of reading them in their
  /// order; of what is greater than a number it takes a third.
  public Where many(String expression, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      add("case when " + expression + " in (" + marks(name, values) + ") then 1 else 0 end > 0");
    }
    return this;
  }

  /// What `terms` let through. The expression is never null, or it would be in neither half.
  public Where terms(String expression, String name, Terms terms) {
    any(expression, name, terms.any());
    if (!terms.none().isEmpty()) {
      add(expression + " not in (" + marks("no_" + name, terms.none()) + ")");
    }
    return this;
  }

  /// A device by a part of its name, or the beginning of its id; any by null.
  public Where search(String host, String id, @Nullable String text) {
    if (text != null) {
      var literal =
          text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
      add("(lower(%s) like :part escape '!' or %s like :start escape '!')".formatted(host, id));
      bind("part", "%" + literal + "%");
      bind("start", literal + "%");
    }
    return this;
  }

  /// The marks for `values`, between commas.
  public String marks(String name, Collection<String> values) {
    var names = new ArrayList<String>();
    for (var value : values) {
      var bind = name + names.size();
      names.add(":" + bind);
      binds.put(bind, value);
    }
    return String.join(", ", names);
  }

  /// The parameters.
  public Map<String, @Nullable Object> binds() {
    return binds;
  }

  /// The conditions without a word before them; there is at least one.
  public String conditions() {
    return String.join(" and ", conditions);
  }

  /// The clause; empty where there is none.
  public String text() {
    return conditions.isEmpty() ? "" : " where " + conditions();
  }
}
