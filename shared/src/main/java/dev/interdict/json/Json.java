package dev.interdict.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One JSON value (RFC 8259), immutable. Object members keep their order of arrival and are unique.
public sealed interface Json {

  /// An object; `members` keep the order in which they were read or put.
  record Obj(SequencedMap<String, Json> members) implements Json {
    public Obj {
      members = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /// The member of that name, or null where there is none.
    public @Nullable Json get(String name) {
      return members.get(name);
    }
  }

  /// An array.
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A string.
  record Text(String value) implements Json {}

  /// A whole number within the range of `long`; the only kind of number our own documents use.
  record Int(long value) implements Json {}

  /// A number with a fraction or exponent, or beyond `long`, as its literal. Comes only from
  /// foreign documents ([JsonLimits#FOREIGN]); strict reading refuses it.
  record Decimal(String literal) implements Json {}

  /// `true` or `false`.
  enum Bool implements Json {
    TRUE,
    FALSE
  }

  /// `null`.
  enum Null implements Json {
    NULL
  }

  /// Starts an object in member order.
  static Builder object() {
    return new Builder();
  }

  /// An array of strings.
  static Arr texts(Iterable<String> values) {
    var items = new java.util.ArrayList<Json>();
    values.forEach(value -> items.add(new Text(value)));
    return new Arr(items);
  }

  /// Puts an object together; not thread-safe. A null value leaves the member out.
  final class Builder {
    private final SequencedMap<String, Json> members = new LinkedHashMap<>();

    public Builder put(String name, @Nullable Json value) {
      if (value != null && members.put(name, value) != null) {
        throw new IllegalStateException("member put twice: " + name);
      }
      return this;
    }

    public Builder put(String name, @Nullable String value) {
      return put(name, value == null ? null : new Text(value));
    }

    public Builder put(String name, long value) {
      return put(name, new Int(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, value ? Bool.TRUE : Bool.FALSE);
    }

    public Builder put(String name, List<? extends Json> values) {
      return put(name, new Arr(List.copyOf(values)));
    }

    public Obj build() {
      return new Obj(members);
    }
  }
}
