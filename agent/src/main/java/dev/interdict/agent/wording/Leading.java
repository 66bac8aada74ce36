package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Matter;
import dev.interdict.policy.Enforcement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The matters of a notice by what they ask for: those on the most urgent occasion speak, the
/// others are only named.
///
/// @param first all on the same occasion, the earliest date first; at least one
record Leading(List<Matter> first, List<Matter> others) {

  static Leading of(List<Matter> matters) {
    var sorted = new ArrayList<>(matters);
    sorted.sort(
        Comparator.comparingInt((Matter matter) -> Occasion.rank(matter.phase()))
            .thenComparing(Leading::date));
    var kind = sorted.getFirst().phase().key();
    var split = 0;
    while (split < sorted.size() && sorted.get(split).phase().key().equals(kind)) {
      split++;
    }
    return new Leading(
        List.copyOf(sorted.subList(0, split)), List.copyOf(sorted.subList(split, sorted.size())));
  }

  private static long date(Matter matter) {
    var date = Occasion.date(matter.phase());
    return date == null ? 0 : date.toEpochSecond();
  }

  Matter lead() {
    return first.getFirst();
  }

  /// Whether one date holds for all that speak, on the same clock.
  boolean sameDate() {
    return first.stream().map(matter -> Occasion.date(matter.phase())).distinct().count() == 1;
  }

  /// What all of them enforce, or null where they differ.
  @Nullable Enforcement enforcement() {
    return common(Matter::enforcement);
  }

  /// What all of them name to use instead; empty where they differ, or name nothing.
  String replacement() {
    var name = common(Matter::replacement);
    return name == null ? "" : name;
  }

  /// Where all of them find that; empty where they differ, or it is nowhere.
  String replacementUrl() {
    var url = common(Matter::replacementUrl);
    return url == null || replacement().isEmpty() ? "" : url;
  }

  private <T> @Nullable T common(Function<Matter, T> of) {
    var one = of.apply(lead());
    return first.stream().allMatch(matter -> of.apply(matter).equals(one)) ? one : null;
  }
}
