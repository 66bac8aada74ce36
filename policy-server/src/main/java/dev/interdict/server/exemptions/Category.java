package dev.interdict.server.exemptions;

import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What kind of reason an exemption is granted for, so that a company sees what its people lack.
public enum Category {
  /// The move to the replacement takes longer.
  MIGRATION,
  /// A contract with a customer asks for this very tool.
  CUSTOMER_OBLIGATION,
  /// It is examined or compared.
  RESEARCH,
  /// The replacement cannot do what is needed.
  NO_REPLACEMENT,
  OTHER;

  /// All of them as they are written.
  public static final List<String> WRITTEN =
      Arrays.stream(values()).map(Category::written).toList();

  /// As databases, answers and commands have it.
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The one that is written so.
  ///
  /// @throws IllegalArgumentException if none is
  public static Category read(String written) {
    for (var each : values()) {
      if (each.written().equals(written)) {
        return each;
      }
    }
    throw new SentenceException(
        Sentence.of(
            "exemption.category",
            "\"%s\" is no category; known: %s",
            written,
            String.join(", ", WRITTEN)));
  }

  /// The one that a database holds; [#OTHER] for one that a newer server wrote there.
  static @Nullable Category ofNullable(@Nullable String kept) {
    return kept == null ? null : WRITTEN.contains(kept) ? read(kept) : OTHER;
  }
}
