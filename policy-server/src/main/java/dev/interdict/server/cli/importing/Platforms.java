package dev.interdict.server.cli.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Systems that a query is asked on, in the words of osquery and Fleet (`platform`) and in ours.
///
/// @param os as rule files name them
record Platforms(List<String> os) {
  static final Platforms ALL = new Platforms(List.of("linux", "macos", "windows"));

  public Platforms {
    os = List.copyOf(os);
  }

  /// What words between commas mean. A word for what rules do not know, such as one distribution of
  /// Linux, adds nothing: a rule never looks in more places than the query did.
  static Platforms of(String words) {
    if (words.isBlank()) {
      return ALL;
    }
    var named = new ArrayList<String>();
    for (var word : words.split(",")) {
      switch (word.strip().toLowerCase(Locale.ROOT)) {
        case "any", "all" -> named.addAll(ALL.os);
        case "posix" -> named.addAll(List.of("linux", "macos"));
        case "darwin" -> named.add("macos");
        case "linux" -> named.add("linux");
        case "windows" -> named.add("windows");
        default -> {
          // Not known to rules.
        }
      }
    }
    return new Platforms(ALL.os.stream().filter(named::contains).toList());
  }

  Platforms and(Platforms other) {
    return new Platforms(os.stream().filter(other.os::contains).toList());
  }

  /// As a rule's scope has them: empty for all, null where none is left.
  @Nullable List<String> scope() {
    return os.isEmpty() ? null : equals(ALL) ? List.of() : os;
  }
}
