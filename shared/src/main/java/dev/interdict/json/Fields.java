package dev.interdict.json;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the members of one object by hand, with every fault collected rather than the first
/// thrown, so that an author sees all of them at once. After a fault a harmless value is returned;
/// nobody may use the result while [#faults] is not empty.
///
/// Each member that is asked for counts as known; [#end] makes a fault of every other one, because
/// an unknown member may be a newer narrowing condition, and ignoring it would widen what is
/// removed.
///
/// Not thread-safe.
public final class Fields {
  private final Json.Obj object;
  private final String pointer;
  private final List<Fault> faults;
  private final Set<String> known = new HashSet<>();

  private Fields(Json.Obj object, String pointer, List<Fault> faults) {
    this.object = object;
    this.pointer = pointer;
    this.faults = faults;
  }

  /// The members of `json`, with faults added to `faults`; a value that is no object is itself one.
  public static Fields of(Json json, List<Fault> faults) {
    return of(json, "", faults);
  }

  /// As [#of(Json, List)], for a value that stands at `pointer` in its document.
  public static Fields of(Json json, String pointer, List<Fault> faults) {
    if (json instanceof Json.Obj object) {
      return new Fields(object, pointer, faults);
    }
    faults.add(new Fault(pointer, "must be an object, is " + kind(json)));
    return new Fields(Json.object().build(), pointer, faults);
  }

  /// The collected faults, shared by all readers of the document.
  public List<Fault> faults() {
    return faults;
  }

  /// Where this object stands.
  public String pointer() {
    return pointer;
  }

  /// Where the member `name` stands.
  public String pointer(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /// Adds a fault at the member `name`.
  public void fault(String name, String message) {
    fault(Fault.Kind.VALUE, name, message);
  }

  private void fault(Fault.Kind kind, String name, String message) {
    faults.add(new Fault(kind, pointer(name), message));
  }

  /// Whether the member is there.
  public boolean has(String name) {
    known.add(name);
    return object.members().containsKey(name);
  }

  /// The member as it is, or null where there is none.
  public @Nullable Json optional(String name) {
    known.add(name);
    return object.get(name);
  }

  /// The member as it is; absent is a fault.
  public Json required(String name) {
    var value = optional(name);
    if (value == null) {
      faults.add(new Fault(Fault.Kind.MISSING, pointer, "\"" + name + "\" is missing"));
      return Json.Null.NULL;
    }
    return value;
  }

  /// A string that is not blank.
  public String text(String name) {
    var value = required(name);
    return value == Json.Null.NULL && !has(name) ? "" : asText(name, value);
  }

  /// A string that is not blank, or null where the member is absent.
  public @Nullable String optionalText(String name) {
    var value = optional(name);
    return value == null ? null : asText(name, value);
  }

  private String asText(String name, Json value) {
    if (!(value instanceof Json.Text(var text))) {
      fault(name, "must be a string, is " + kind(value));
      return "";
    }
    if (text.isBlank()) {
      fault(Fault.Kind.EMPTY, name, "is empty; write a text or leave \"" + name + "\" out");
    }
    return text;
  }

  /// A text read by `parse`, whose [IllegalArgumentException] or [DateTimeException] message
  /// becomes the fault; `fallback` then stands in.
  public <T> T parsed(String name, Function<String, T> parse, T fallback) {
    var before = faults.size();
    var text = text(name);
    if (faults.size() > before) {
      return fallback;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      fault(name, String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  /// As [#parsed], with `absent` where the member is not there.
  public <T> T optionalParsed(String name, Function<String, T> parse, T absent) {
    return has(name) ? parsed(name, parse, absent) : absent;
  }

  /// A whole number from `least` to `most`.
  public long integer(String name, long least, long most) {
    return asInteger(name, required(name), least, most);
  }

  /// As [#integer], with `absent` where the member is not there.
  public long optionalInteger(String name, long least, long most, long absent) {
    var value = optional(name);
    return value == null ? absent : asInteger(name, value, least, most);
  }

  private long asInteger(String name, Json value, long least, long most) {
    if (!has(name)) {
      return least;
    }
    if (value instanceof Json.Int(var number) && number >= least && number <= most) {
      return number;
    }
    fault(name, "must be a whole number from " + least + " to " + most);
    return least;
  }

  /// `true` or `false`, or `absent` where the member is not there.
  public boolean flag(String name, boolean absent) {
    var value = optional(name);
    if (value == null) {
      return absent;
    }
    if (value instanceof Json.Bool bool) {
      return bool == Json.Bool.TRUE;
    }
    fault(name, "must be true or false, is " + kind(value));
    return absent;
  }

  /// One of the constants of `type`, written in lower case with dashes.
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    var constants = type.getEnumConstants();
    return parsed(
        name,
        text -> {
          for (var constant : constants) {
            if (written(constant).equals(text)) {
              return constant;
            }
          }
          throw new IllegalArgumentException(
              "unknown value \"" + text + "\"; write one of " + allWritten(constants));
        },
        constants[0]);
  }

  /// How [#choice] writes a constant.
  public static String written(Enum<?> constant) {
    return WORDS.get(constant.getDeclaringClass())[constant.ordinal()];
  }

  /// The words of each type, since every report is made of them.
  private static final ClassValue<String[]> WORDS =
      new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
          return java.util.Arrays.stream(type.getEnumConstants())
              .map(constant ->
                  ((Enum<?>) constant).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
              .toArray(String[]::new);
        }
      };

  private static String allWritten(Enum<?>[] constants) {
    var all = new ArrayList<String>();
    for (var constant : constants) {
      all.add(written(constant));
    }
    return String.join(", ", all);
  }

  /// The object at `name`; absent is a fault.
  public Fields object(String name) {
    var value = required(name);
    return has(name)
        ? of(value, pointer(name), faults)
        : new Fields(Json.object().build(), pointer(name), new ArrayList<>());
  }

  /// The object at `name`, or null where there is none.
  public @Nullable Fields optionalObject(String name) {
    var value = optional(name);
    return value == null ? null : of(value, pointer(name), faults);
  }

  /// The array at `name`, each item read by `read` with its own pointer; absent is an empty list.
  public <T> List<T> list(String name, ItemReader<T> read) {
    var value = optional(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Json.Arr(var items))) {
      fault(name, "must be a list, is " + kind(value));
      return List.of();
    }
    var result = new ArrayList<T>(items.size());
    var at = items.isEmpty() ? "" : pointer(name) + "/";
    for (var i = 0; i < items.size(); i++) {
      result.add(read.read(items.get(i), at + i));
    }
    return result;
  }

  /// Reads one item of a list.
  @FunctionalInterface
  public interface ItemReader<T> {
    T read(Json item, String pointer);
  }

  /// A list of strings that are not blank; absent is an empty list.
  public List<String> texts(String name) {
    return list(
        name,
        (item, at) -> {
          if (item instanceof Json.Text(var text) && !text.isBlank()) {
            return text;
          }
          faults.add(new Fault(at, "must be a string that is not empty"));
          return "";
        });
  }

  /// The names of all members, for objects whose names are data. They count as known.
  public Collection<String> names() {
    known.addAll(object.members().keySet());
    return object.members().keySet();
  }

  /// Ends the object: whatever was not asked for is a fault that names the nearest known member.
  public void end() {
    for (var name : object.members().keySet()) {
      if (!known.contains(name)) {
        var near = Nearest.of(name, known);
        fault(
            Fault.Kind.UNKNOWN_FIELD,
            name,
            "unknown field \""
                + name
                + "\""
                + (near == null
                    ? "; known here: " + String.join(", ", new java.util.TreeSet<>(known))
                    : "; did you mean \"" + near + "\"?"));
      }
    }
  }

  private static String kind(Json json) {
    return switch (json) {
      case Json.Obj _ -> "an object";
      case Json.Arr _ -> "a list";
      case Json.Text _ -> "a string";
      case Json.Int _ -> "a number";
      case Json.Decimal _ -> "a decimal number";
      case Json.Bool _ -> "true or false";
      case Json.Null _ -> "null";
    };
  }
}
