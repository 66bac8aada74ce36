package dev.interdict.policy;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads one rule strictly. Used on the device for signed rules and by the publisher's lint for
/// drafts, so that both refuse the same things.
public final class RuleReader {
  /// Most matches on one device, unless the rule says otherwise.
  public static final int DEFAULT_MAX_ITEMS = 20;

  private static final int MAX_MATCHERS = 200;

  private RuleReader() {}

  /// A rule, or what is wrong with it.
  public sealed interface Result {
    /// The rule was understood whole.
    record Understood(Rule rule) implements Result {}

    /// It was not; nothing of it counts.
    record Faulty(List<Fault> faults) implements Result {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /// Reads the rule in `json`; all faults are collected.
  public static Result read(Json json) {
    var faults = new ArrayList<Fault>();
    var rule = read(Fields.of(json, faults));
    return faults.isEmpty() ? new Result.Understood(rule) : new Result.Faulty(faults);
  }

  private static Rule read(Fields fields) {
    var id = fields.parsed("id", RuleId::new, new RuleId("unreadable"));
    var tool = readTool(fields);
    var match = fields.list("match", (item, at) -> MatcherReader.read(item, at, fields.faults()));
    if (match.isEmpty() || match.size() > MAX_MATCHERS) {
      fields.fault("match", "must list 1 to " + MAX_MATCHERS + " ways to recognise the tool");
    }
    var scope = fields.optionalObject("scope");
    var stub = fields.optionalObject("stub");
    var rule =
        new Rule(
            id,
            tool,
            match,
            fields.choice("enforcement", Enforcement.class),
            Timeline.read(fields.object("timeline")),
            scope == null ? Scope.ALL : Scope.read(scope),
            readLimit(fields),
            readKeep(fields),
            stub == null ? null : Stub.read(stub));
    fields.end();
    return rule;
  }

  private static Tool readTool(Fields fields) {
    var assessment = fields.optionalObject("assessment");
    return new Tool(
        fields.text("name"),
        fields.text("publisher"),
        fields.optionalText("family"),
        fields.choice("risk", Risk.class),
        assessment == null ? null : Assessment.read(assessment),
        Localized.read(fields.object("reason")),
        Replacement.read(fields.object("replacement")));
  }

  private static int readLimit(Fields fields) {
    var limits = fields.optionalObject("limits");
    if (limits == null) {
      return DEFAULT_MAX_ITEMS;
    }
    var most = (int) limits.integer("max-items-per-device", 1, 1000);
    limits.end();
    return most;
  }

  private static List<String> readKeep(Fields fields) {
    var places = new ArrayList<String>();
    for (var place : fields.texts("keep")) {
      if (place.startsWith("~/")
          && !place.endsWith("//")
          && Stream.of(place.substring(2).split("/")).allMatch(RuleReader::isFileName)) {
        places.add(place.substring(2));
      } else {
        fields.fault("keep", "\"" + place + "\" must be a place in the home; write ~/.claude");
      }
    }
    return places;
  }

  /// What a file system takes as a name; the agent would have no place for anything else.
  private static boolean isFileName(String name) {
    return !name.isEmpty()
        && name.getBytes(StandardCharsets.UTF_8).length <= 255
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('\0') < 0;
  }
}
