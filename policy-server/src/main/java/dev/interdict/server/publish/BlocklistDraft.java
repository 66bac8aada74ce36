package dev.interdict.server.publish;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Collection;
import dev.interdict.policy.RuleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules of a list, as JSON by id, and what it says of the most that devices may tell, on the
/// way from one publication to the next. Immutable; the rules stand in the order of their ids, so
/// that equal lists are equal bytes.
///
/// @param collection the member [Blocklist#COLLECTION], or null for none
record BlocklistDraft(SequencedMap<RuleId, Json> rules, @Nullable Json collection) {
  static final BlocklistDraft EMPTY = new BlocklistDraft(new TreeMap<>(), null);

  BlocklistDraft {
    rules = java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(rules));
  }

  /// What is different from one list to the next.
  enum Change {
    ADDED,
    CHANGED,
    WITHDRAWN
  }

  /// The rules of a document that was published before.
  static BlocklistDraft of(byte[] document) throws JsonException {
    var rules = new TreeMap<RuleId, Json>();
    if (!(JsonReader.read(document, JsonLimits.OWN) instanceof Json.Obj frame)) {
      throw new JsonException("a list that is no object");
    }
    if (frame.get("rules") instanceof Json.Arr(var items)) {
      for (var rule : items) {
        if (rule instanceof Json.Obj object && object.get("id") instanceof Json.Text(var id)) {
          rules.put(new RuleId(id), rule);
        }
      }
    }
    return new BlocklistDraft(rules, frame.get(Blocklist.COLLECTION));
  }

  /// Whether all of these are on the list; one that is not is a slip of the pen.
  void check(Set<RuleId> wanted) throws UnfitException {
    check(wanted, rules.keySet());
  }

  static void check(Set<RuleId> wanted, Set<RuleId> published) throws UnfitException {
    for (var id : wanted) {
      if (!published.contains(id)) {
        var known =
            published.stream().map(RuleId::value).sorted().collect(Collectors.joining(", "));
        throw new UnfitException(
            "rule "
                + id
                + " is not published; published are: "
                + (known.isEmpty() ? "none" : known));
      }
    }
  }

  BlocklistDraft with(Map<RuleId, Json> more) {
    var all = new TreeMap<>(rules);
    all.putAll(more);
    return new BlocklistDraft(all, collection);
  }

  BlocklistDraft without(RuleId id) {
    var all = new TreeMap<>(rules);
    all.remove(id);
    return new BlocklistDraft(all, collection);
  }

  /// The same rules under another ceiling.
  BlocklistDraft under(@Nullable Json other) {
    return new BlocklistDraft(rules, other);
  }

  /// The document of these rules.
  ///
  /// @throws JsonException if an agent would refuse it or a rule of it
  byte[] document(long serial, String issuer) throws JsonException {
    var document =
        JsonWriter.pretty(
            Blocklist.document(serial, issuer, List.copyOf(rules.values()), collection));
    var read = Blocklist.read(document);
    if (collection != null) {
      var faults = new ArrayList<Fault>();
      var _ = Collection.read(collection, faults);
      if (!faults.isEmpty()) {
        throw new JsonException(
            "agents would not understand what they may tell: " + faults.getFirst());
      }
    }
    if (!read.unreadable().isEmpty()) {
      var first = read.unreadable().getFirst();
      throw new JsonException(
          "agents would not understand rule " + first.rule() + ": " + first.faults().getFirst());
    }
    return document;
  }

  /// What changed since `before`, by rule.
  SequencedMap<RuleId, Change> changesSince(BlocklistDraft before) {
    var changes = new TreeMap<RuleId, Change>();
    rules.forEach((id, rule) -> {
      var former = before.rules.get(id);
      if (former == null) {
        changes.put(id, Change.ADDED);
      } else if (!former.equals(rule)) {
        changes.put(id, Change.CHANGED);
      }
    });
    before.rules.keySet().stream()
        .filter(id -> !rules.containsKey(id))
        .forEach(id -> changes.put(id, Change.WITHDRAWN));
    return changes;
  }

  /// Changes since `before` in words, for history and audit; empty if there are none.
  String summarySince(BlocklistDraft before) {
    var changes =
        changesSince(before).entrySet().stream()
            .map(one -> one.getValue().name().toLowerCase(Locale.ROOT) + " " + one.getKey());
    var ceiling =
        Objects.equals(collection, before.collection)
            ? Stream.<String>of()
            : Stream.of(
                "devices may tell: " + (collection == null ? "default" : inShort(collection)));
    return Stream.concat(changes, ceiling).collect(Collectors.joining(", "));
  }

  private static String inShort(Json collection) {
    var read = Collection.read(collection, new ArrayList<>());
    return Fields.written(read.level()) + (read.hostName() ? "" : ", no host names");
  }
}
