package dev.interdict.server.cli.importing;

import static dev.interdict.server.cli.importing.Members.text;

import dev.interdict.json.Json;
import dev.interdict.server.cli.importing.Found.Gathering;
import dev.interdict.server.cli.importing.Found.Sketch;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rules of Santa: what `santactl rule` exports, what its sync servers send, and the `StaticRules`
/// of its configuration profiles (santa.dev, «Rules» and «Sync protocol»). A hash of a program is
/// the same there and here; certificates, teams, signing ids and code directories are not what our
/// rules name programs by.
final class Santa implements Format {
  private static final Set<String> BANS =
      Set.of("BLOCKLIST", "SILENT_BLOCKLIST", "BLACKLIST", "SILENT_BLACKLIST");

  /// Programs that somebody gave one name are one rule.
  private record Group(Set<String> sha256, Set<String> notes) {}

  @Override
  public Found read(byte[] content) {
    var document = Foreign.isXml(content) ? Xml.read(content).plist() : Foreign.json(content);
    var rules = rules(document, 0);
    if (rules == null) {
      throw Foreign.no(
          "rules of Santa", "export them: santactl rule --export FILE, or give StaticRules");
    }
    var gathering = new Gathering();
    var groups = new LinkedHashMap<String, Group>();
    for (var i = 0; i < rules.size(); i++) {
      read(i + 1, rules.get(i), groups, gathering);
    }
    groups.forEach((name, group) ->
        gathering.add(
            new Sketch(
                name,
                List.of(
                    Json.object()
                        .put(
                            "program",
                            Json.object()
                                .put("sha256", Json.texts(List.copyOf(group.sha256())))
                                .build())
                        .build()),
                "block",
                List.of("macos"),
                List.copyOf(group.notes()))));
    return gathering.found();
  }

  /// The list itself, or the first list of that name anywhere.
  private static @Nullable List<Json> rules(Json json, int depth) {
    if (json instanceof Json.Arr(var items)) {
      if (depth == 0) {
        return items;
      }
      return first(items, depth);
    }
    if (json instanceof Json.Obj object) {
      for (var name : List.of("rules", "StaticRules")) {
        if (object.get(name) instanceof Json.Arr(var items)) {
          return items;
        }
      }
      return first(List.copyOf(object.members().values()), depth);
    }
    return null;
  }

  private static @Nullable List<Json> first(List<Json> among, int depth) {
    for (var one : among) {
      var found = rules(one, depth + 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static void read(
      int number, Json rule, LinkedHashMap<String, Group> groups, Gathering gathering) {
    var given = text(rule, "identifier");
    var identifier = given.isEmpty() ? text(rule, "sha256") : given;
    var type = text(rule, "rule_type").toUpperCase(Locale.ROOT);
    var policy = text(rule, "policy").toUpperCase(Locale.ROOT);
    var what = "rule " + number + " " + type + " " + identifier;
    if (identifier.isEmpty() || type.isEmpty() || policy.isEmpty()) {
      gathering.leave("rule " + number, "has no identifier, rule_type or policy that is a text");
      return;
    }
    if (!BANS.contains(policy)) {
      gathering.leave(what, why(policy));
      return;
    }
    if (!type.equals("BINARY")) {
      gathering.leave(what, unnamed(type));
      return;
    }
    if (!identifier.matches("[0-9a-fA-F]{64}")) {
      gathering.leave(what, "its identifier is no SHA-256 digest");
      return;
    }
    var sha256 = identifier.toLowerCase(Locale.ROOT);
    var comment = text(rule, "comment");
    var message = text(rule, "custom_msg");
    var name =
        !comment.isEmpty()
            ? comment
            : !message.isEmpty() ? message : "Program " + sha256.substring(0, 12);
    var notes = new LinkedHashSet<String>();
    if (policy.startsWith("SILENT")) {
      notes.add("Santa told nobody when it blocked this; Interdict tells.");
    }
    if (!message.isEmpty()) {
      notes.add("Santa told: " + message);
    }
    var group =
        groups.computeIfAbsent(name, _ -> new Group(new LinkedHashSet<>(), new LinkedHashSet<>()));
    group.sha256().add(sha256);
    group.notes().addAll(notes);
  }

  private static String why(String policy) {
    if (policy.contains("ALLOW") || policy.contains("WHITE")) {
      return "allows, and Interdict only bans";
    }
    return policy.equals("REMOVE")
        ? "takes a rule away: withdraw the rule that it came to"
        : "the policy " + policy + " has no equal here";
  }

  private static String unnamed(String type) {
    return switch (type) {
      case "SIGNINGID" ->
          "a signing id is not always the bundle id; where it is, write application: {macos: …}";
      case "TEAMID" ->
          "rules name a program by a place or a digest besides its signer; "
              + "write a rule by hand"
              + ", with program: {system: …, signer: …}";
      case "CERTIFICATE" -> "rules know no digest of a certificate; " + "write a rule by hand";
      case "CDHASH" ->
          "a code directory's hash is not the file's; write program: {sha256: […]} of the file";
      default -> "the type " + type + " has no equal here";
    };
  }
}
