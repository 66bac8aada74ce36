package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import dev.interdict.server.direction.Direction;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The rules of publications as JSON, for whoever writes the next version of one. Thread-safe.
public record PublishedRules(Publications publications) {

  /// The rules that devices see now.
  ///
  /// @throws IllegalStateException if the published list cannot be read
  public SequencedMap<RuleId, Json> now() {
    try {
      return NextList.published(publications.newest().orElse(null), publications).rules();
    } catch (JsonException e) {
      throw new IllegalStateException("the list that is published now cannot be read", e);
    }
  }

  /// A rule as an earlier serial had it.
  public Optional<Json> of(long serial, RuleId rule) {
    try {
      var document = publications.document(serial);
      return document.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(BlocklistDraft.of(document.get()).rules().get(rule));
    } catch (JsonException e) {
      throw new IllegalStateException("publication " + serial + " cannot be read", e);
    }
  }

  /// From the rule of that id in force to the next.
  public Direction direction(RuleId rule, @Nullable Json before, Json next) {
    return publications.directions().of(rule, before, next);
  }
}
