package dev.interdict.server.scope;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The departments that somebody sees. A department is a path, such as `R&D/platform`, and who sees
/// `R&D` sees all that is below it. Never empty: nobody sees nothing by leaving something out.
///
/// @param departments the roots; the empty path is the root of the whole fleet
public record Scope(Set<String> departments) {
  /// The whole fleet, devices without a department among them.
  public static final Scope WHOLE = new Scope(Set.of(""));

  /// By how many departments somebody's view may be limited.
  public static final int MOST = 50;

  private static final String LINE = "\n";

  /// @throws IllegalArgumentException if there is no department, or far too many
  public Scope {
    departments = Set.copyOf(departments);
    if (departments.isEmpty() || departments.size() > MOST) {
      throw new IllegalArgumentException("a scope has 1 to " + MOST + " departments");
    }
    if (departments.stream().anyMatch(each -> each.contains(LINE) || each.endsWith("/"))) {
      throw new IllegalArgumentException(
          "a department is a path such as R&D/platform, without a slash at its end");
    }
  }

  /// The whole fleet where none is named.
  public static Scope of(List<String> departments) {
    if (departments.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a department of a scope has a name");
    }
    return departments.isEmpty() ? WHOLE : new Scope(Set.copyOf(departments));
  }

  /// Whether it is the whole fleet.
  public boolean isWhole() {
    return departments.contains("");
  }

  /// Whether a device of this department is within.
  public boolean includes(String department) {
    return isWhole()
        || departments.stream()
            .anyMatch(root -> department.equals(root) || department.startsWith(root + "/"));
  }

  /// Whether all that `other` sees is within.
  public boolean includes(Scope other) {
    return isWhole() || !other.isWhole() && other.departments.stream().allMatch(this::includes);
  }

  /// The departments by name; none for the whole fleet.
  public List<String> named() {
    return isWhole() ? List.of() : List.copyOf(new TreeSet<>(departments));
  }

  /// As the database keeps it.
  public String written() {
    return String.join(LINE, named());
  }

  /// What [#written] wrote.
  public static Scope read(String text) {
    return text.isEmpty() ? WHOLE : new Scope(Set.of(text.split(LINE)));
  }
}
