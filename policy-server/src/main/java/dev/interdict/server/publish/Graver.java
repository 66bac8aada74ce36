package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.direction.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One change of the list that makes agents do more, or that is not known to make them do less.
///
/// @param rule null where it is about what devices may tell
/// @param before as it is in force; null for nothing
/// @param next as it is to be
public record Graver(
    @Nullable RuleId rule, @Nullable Json before, @Nullable Json next, Direction direction) {

  /// In one line, for whoever is refused.
  public String words() {
    return (rule == null ? "what devices may tell" : rule.value())
        + ": "
        + direction.graver().stream().limit(3).map(Graver::words).collect(Collectors.joining(", "))
        + (direction.graver().size() > 3 ? ", and more" : "");
  }

  private static String words(Step step) {
    return step.path().isEmpty() ? step.words() : step.path() + " " + step.words();
  }

  /// All graver changes from one list to the next.
  ///
  /// @param held whether too many matches keep a rule from acting on some device
  static List<Graver> between(BlocklistDraft now, BlocklistDraft next, Predicate<RuleId> held) {
    var all = new ArrayList<Graver>();
    for (var id : next.changesSince(now).keySet()) {
      add(
          all,
          id,
          now.rules().get(id),
          next.rules().get(id),
          Direction.of(now.rules().get(id), next.rules().get(id), held.test(id)));
    }
    add(
        all,
        null,
        now.collection(),
        next.collection(),
        Direction.ofCollection(now.collection(), next.collection()));
    return all;
  }

  private static void add(
      List<Graver> all,
      @Nullable RuleId rule,
      @Nullable Json before,
      @Nullable Json next,
      Direction direction) {
    if (!direction.isSafe()) {
      all.add(new Graver(rule, before, next, direction));
    }
  }
}
