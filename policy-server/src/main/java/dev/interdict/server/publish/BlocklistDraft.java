package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The rules of a list, as JSON by id, on the way from one publication to the next. Immutable; the
/// rules stand in the order of their ids, so that equal lists are equal bytes.
record BlocklistDraft(SequencedMap<RuleId, Json> rules) {
  static final BlocklistDraft EMPTY = new BlocklistDraft(new TreeMap<>());

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
    if (JsonReader.read(document, JsonLimits.OWN) instanceof Json.Obj frame
        && frame.get("rules") instanceof Json.Arr(var items)) {
      for (var rule : items) {
        if (rule instanceof Json.Obj object && object.get("id") instanceof Json.Text(var id)) {
          rules.put(new RuleId(id), rule);
        }
      }
    }
    return new BlocklistDraft(rules);
  }

  /// Whether all of these are on the list; one that is not is a slip of the pen.
  void check(Collection<RuleId> wanted) throws UnfitException {
    for (var id : wanted) {
      if (!rules.containsKey(id)) {
        var known = rules.keySet().stream().map(RuleId::value).collect(Collectors.joining(", "));
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
    return new BlocklistDraft(all);
  }

  BlocklistDraft without(RuleId id) {
    var all = new TreeMap<>(rules);
    all.remove(id);
    return new BlocklistDraft(all);
  }

  /// The document of these rules.
  ///
  /// @throws JsonException if an agent would refuse it or a rule of it
  byte[] document(long serial, String issuer) throws JsonException {
    var document =
        JsonWriter.pretty(Blocklist.document(serial, issuer, List.copyOf(rules.values())));
    var read = Blocklist.read(document);
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

  /// Changes in words, for history and audit.
  static String summary(Map<RuleId, Change> changes) {
    return changes.isEmpty()
        ? "no rules"
        : changes.entrySet().stream()
            .map(one -> one.getValue().name().toLowerCase(Locale.ROOT) + " " + one.getKey())
            .collect(Collectors.joining(", "));
  }
}
