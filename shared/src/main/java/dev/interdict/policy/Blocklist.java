package dev.interdict.policy;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The list of bans, as published in `blocklist/global.json`.
///
/// @param serial rises with every publication
/// @param issuer who published it, shown to employees
/// @param unreadable rules that this version does not understand
/// @param collection the most that devices may tell
public record Blocklist(
    long serial,
    String issuer,
    List<Rule> rules,
    List<Unreadable> unreadable,
    Collection collection) {
  /// The format this version reads and writes; a document of another one is refused as a whole.
  public static final int FORMAT = 1;

  /// Where it stands in the signed repository.
  public static final String PATH = "blocklist/global.json";

  /// The member that holds the [Collection].
  public static final String COLLECTION = "collection";

  public static final int MOST_RULES = 10_000;

  /// No bans; what a device has before its first policy.
  public static final Blocklist EMPTY = new Blocklist(0, "", List.of(), List.of());

  public Blocklist {
    rules = List.copyOf(rules);
    unreadable = List.copyOf(unreadable);
  }

  /// A list that says nothing of what devices may tell.
  public Blocklist(long serial, String issuer, List<Rule> rules, List<Unreadable> unreadable) {
    this(serial, issuer, rules, unreadable, Collection.DEFAULT);
  }

  /// Whether a rule knows a program by its content, so that the content has to be read.
  public boolean asksForDigests() {
    return rules.stream().anyMatch(Rule::asksForDigests);
  }

  /// Reads a verified document.
  ///
  /// @throws JsonException if it is malformed, of another format, or its frame is not understood
  public static Blocklist read(byte[] document) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(document, JsonLimits.OWN), faults);
    fields.integer("format", FORMAT, FORMAT);
    var serial = fields.integer("serial", 1, (1L << 53) - 1);
    var issuer = fields.text("issuer");
    var rules = new ArrayList<Rule>();
    var unreadable = new ArrayList<Unreadable>();
    var seen = new HashSet<RuleId>();
    fields.list(
        "rules",
        (item, at) -> {
          switch (RuleReader.read(item)) {
            case RuleReader.Result.Understood(var rule) when seen.add(rule.id()) -> rules.add(rule);
            case RuleReader.Result.Understood(var rule) ->
                faults.add(new Fault(at, "rule " + rule.id() + " appears twice"));
            case RuleReader.Result.Faulty(var ruleFaults) ->
                unreadable.add(new Unreadable(idOf(item, at), ruleFaults));
          }
          return at;
        });
    var written = fields.optional(COLLECTION);
    var collection = written == null ? Collection.DEFAULT : Collection.read(written);
    if (rules.size() + unreadable.size() > MOST_RULES) {
      faults.add(new Fault("/rules", "more than " + MOST_RULES + " rules"));
    }
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("blocklist not understood: " + faults.getFirst());
    }
    return new Blocklist(serial, issuer, rules, unreadable, collection);
  }

  /// Writes a document of rules that were read by [RuleReader] without fault.
  public static Json.Obj document(long serial, String issuer, List<Json> rules) {
    return document(serial, issuer, rules, null);
  }

  /// The same with the member [#COLLECTION], read by [Collection] without fault, or null for none.
  /// Agents from before that member refuse a list that has it and keep the one they hold, so a list
  /// states it only where somebody has decided on it.
  public static Json.Obj document(
      long serial, String issuer, List<Json> rules, @Nullable Json collection) {
    return Json.object()
        .put("format", FORMAT)
        .put("serial", serial)
        .put("issuer", issuer)
        .put(COLLECTION, collection)
        .put("rules", rules)
        .build();
  }

  private static String idOf(Json rule, String at) {
    return rule instanceof Json.Obj object && object.get("id") instanceof Json.Text(var id)
        ? id
        : at;
  }
}
