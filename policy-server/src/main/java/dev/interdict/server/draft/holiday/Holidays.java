package dev.interdict.server.draft.holiday;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The public holidays of one country.
@FunctionalInterface
interface Holidays {
  /// The holiday's name, or null where the day is none.
  @Nullable String on(LocalDate day);
}
