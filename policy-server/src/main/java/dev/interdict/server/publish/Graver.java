package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.direction.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One change of the list that makes agents do more, or that is not known to make them do less.
///
/// @param rule null where it is about no single rule
/// @param before as it is in force; null for nothing
/// @param next as it is to be
public record Graver(
    About about,
    @Nullable RuleId rule,
    @Nullable Json before,
    @Nullable Json next,
    Direction direction) {

  /// What is changed.
  public enum About {
    RULE,
    /// What devices may tell.
    COLLECTION,
    /// Which workstations are in which ring, and how it is described; of no list.
    RING,
    /// Which workstations are in the fleet; of no list.
    FLEET,
    /// What is held, in `before` and `next` as [Brake#json] writes it.
    STOP
  }

  /// In one line, for whoever is refused.
  public String words() {
    return subject()
        + ": "
        + direction.graver().stream().limit(3).map(Graver::words).collect(Collectors.joining(", "))
        + (direction.graver().size() > 3 ? ", and more" : "");
  }

  /// What it is about, in a word or a few.
  public String subject() {
    return switch (about) {
      case COLLECTION -> "what devices may tell";
      case RING -> "rings of workstations";
      case FLEET -> "the fleet";
      case STOP -> "what is held";
      case RULE -> String.valueOf(rule);
    };
  }

  private static String words(Step step) {
    return step.path().isEmpty() ? step.words() : step.path() + " " + step.words();
  }

  /// All graver changes from one list to the next.
  static List<Graver> between(BlocklistDraft now, BlocklistDraft next, Directions directions) {
    var all = new ArrayList<Graver>();
    for (var id : next.changesSince(now).keySet()) {
      add(
          all,
          id,
          now.rules().get(id),
          next.rules().get(id),
          directions.of(id, now.rules().get(id), next.rules().get(id)));
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
      var about = rule == null ? About.COLLECTION : About.RULE;
      all.add(new Graver(about, rule, before, next, direction));
    }
  }
}
