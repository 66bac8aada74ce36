package dev.interdict.policy;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/// The brake, as published in `controls/stop.json`. Signed online: it can hold rules, never start
/// one.
///
/// @param all whether every rule is held
/// @param rules the rules that are held; unknown ones do no harm
/// @param reason shown to employees whose removal is held
public record Stop(boolean all, Set<RuleId> rules, String reason) {
  public static final int FORMAT = 1;

  /// Where it stands in the signed repository.
  public static final String PATH = "controls/stop.json";

  /// Nothing is held.
  public static final Stop NONE = new Stop(false, Set.of(), "");

  public Stop {
    rules = Set.copyOf(rules);
  }

  /// Whether the rule is held.
  public boolean holds(RuleId rule) {
    return all || rules.contains(rule);
  }

  /// Reads a verified document; one with an unknown field holds everything, since what it meant to
  /// hold is unknown.
  ///
  /// @throws JsonException if it is malformed or of another format
  public static Stop read(byte[] document) throws JsonException {
    var frame = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(document, JsonLimits.OWN), frame);
    fields.integer("format", FORMAT, FORMAT);
    if (!frame.isEmpty()) {
      throw new JsonException("stop not understood: " + frame.getFirst());
    }
    var all = fields.flag("all", false);
    var rules = new HashSet<RuleId>();
    for (var rule : fields.texts("rules")) {
      try {
        rules.add(new RuleId(rule));
      } catch (IllegalArgumentException e) {
        frame.add(new Fault("/rules", String.valueOf(e.getMessage())));
      }
    }
    var reason = fields.text("reason");
    fields.end();
    return new Stop(all || !frame.isEmpty(), rules, reason);
  }
}
