package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Lint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The list after a change, ready to be signed.
///
/// @param before what it was made from, or null if nothing was published
/// @param changed the rules that are different
record NextList(
    @Nullable Published before,
    BlocklistDraft now,
    BlocklistDraft next,
    long serial,
    byte[] document,
    String summary,
    Set<RuleId> changed) {

  /// Applies the change to what is published now.
  static NextList of(ListChange change, Publications publications, String issuer)
      throws JsonException, UnfitException {
    var before = publications.newest().orElse(null);
    var now = published(before, publications);
    var next = apply(change, now, publications);
    var serial = publications.nextSerial();
    var summary = next.summarySince(now);
    return new NextList(
        before,
        now,
        next,
        serial,
        next.document(serial, issuer),
        summary.isEmpty() ? "no rules" : summary,
        next.changesSince(now).keySet());
  }

  /// Whether the list would be the same as the one published now.
  boolean isSame() {
    return before != null && next.equals(now);
  }

  /// What of the change makes agents do more.
  List<Graver> graver(Directions directions) {
    return Graver.between(now, next, directions);
  }

  private static BlocklistDraft apply(
      ListChange change, BlocklistDraft now, Publications publications)
      throws JsonException, UnfitException {
    return switch (change) {
      case ListChange.Edit(var drafts, var withdrawn) -> {
        now.check(withdrawn);
        var rules = new HashMap<RuleId, Json>();
        drafts.forEach(draft -> rules.put(draft.rule().id(), draft.file().json()));
        var next = now;
        for (var rule : withdrawn) {
          next = next.without(rule);
        }
        yield next.with(rules);
      }
      case ListChange.Republish(var serial) ->
          BlocklistDraft.of(
                  publications
                      .document(serial)
                      .orElseThrow(() -> new UnfitException("there is no serial " + serial)))
              .under(now.collection());
      case ListChange.Ceiling(var collection) ->
          now.under(collection == null ? null : collection.json());
      case ListChange.Renew() -> now;
    };
  }

  /// The rules of a publication; none before the first.
  static BlocklistDraft published(@Nullable Published newest, Publications publications)
      throws JsonException {
    return newest == null
        ? BlocklistDraft.EMPTY
        : BlocklistDraft.of(document(newest, publications));
  }

  static byte[] document(Published published, Publications publications) {
    return publications
        .document(published.serial())
        .orElseThrow(() ->
            new IllegalStateException(
                "the document of serial " + published.serial() + " is not in the database"));
  }

  /// When the rules that are published now take effect.
  ///
  /// @throws JsonException if the published list cannot be read
  static Map<RuleId, Instant> effective(Publications publications) throws JsonException {
    var newest = publications.newest();
    if (newest.isEmpty()) {
      return Map.of();
    }
    var effective = new HashMap<RuleId, Instant>();
    for (var rule : Blocklist.read(document(newest.get(), publications)).rules()) {
      effective.put(rule.id(), Lint.effective(rule));
    }
    return effective;
  }
}
