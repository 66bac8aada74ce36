package dev.interdict.packages;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/// Values by name. What is not there is an error, never null.
record Row<V>(Map<String, V> values) {
  Row {
    values = Map.copyOf(values);
  }

  V get(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new NoSuchElementException(name + " in " + values);
    }
    return value;
  }

  Set<String> names() {
    return values.keySet();
  }
}
