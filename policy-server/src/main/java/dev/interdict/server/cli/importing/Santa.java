package dev.interdict.server.cli.importing;

import static dev.interdict.server.cli.importing.Members.text;

import dev.interdict.json.Json;
import dev.interdict.server.cli.importing.Found.Gathering;
import dev.interdict.server.cli.importing.Found.Sketch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Rules of Santa: what `santactl rule` exports, what its sync servers send, and the `StaticRules`
/// of its configuration profiles (santa.dev, «Rules» and «Sync protocol»). A hash of a program is
/// the same there and here; certificates, teams, signing ids and code directories are not what our
/// rules name programs by.
final class Santa implements Format {
  private static final Set<String> BANS =
      Set.of("BLOCKLIST", "SILENT_BLOCKLIST", "BLACKLIST", "SILENT_BLACKLIST");
  private static final Set<String> LISTS = Set.of("rules", "StaticRules");
  private static final Set<String> DIGESTS = Set.of("BINARY", "CERTIFICATE", "CDHASH");

  /// Programs of one comment are one rule.
  private record Group(String name, Set<String> sha256, Set<String> notes) {}

  /// What Santa keeps one rule of: a later one takes its place.
  private record Key(String type, String identifier) {}

  /// @param number of the rule in the export, from one
  private record Said(int number, String policy, Json rule) {
    String what(Key key) {
      return "rule " + number + " " + key.type() + " " + key.identifier();
    }
  }

  @Override
  public Found read(byte[] content) {
    var document = Foreign.isXml(content) ? Xml.read(content).plist() : Foreign.json(content);
    var lists = new ArrayList<List<Json>>();
    collect(document, 0, lists);
    if (lists.isEmpty()) {
      throw Foreign.no(
          "rules of Santa", "export them: santactl rule --export FILE, or give StaticRules");
    }
    var gathering = new Gathering();
    var groups = new LinkedHashMap<String, Group>();
    last(lists.stream().flatMap(List::stream).toList(), gathering)
        .forEach((key, said) -> translate(key, said, groups, gathering));
    groups
        .values()
        .forEach(group ->
            gathering.add(
                new Sketch(
                    group.name(),
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

  /// The list itself, or every list of that name anywhere: a profile may have several payloads.
  private static void collect(Json json, int depth, List<List<Json>> lists) {
    if (json instanceof Json.Arr(var items)) {
      if (depth == 0 && items.stream().anyMatch(one -> !text(one, "policy").isEmpty())) {
        lists.add(items);
      } else {
        items.forEach(one -> collect(one, depth + 1, lists));
      }
    } else if (json instanceof Json.Obj object) {
      object
          .members()
          .forEach((name, value) -> {
            if (LISTS.contains(name) && value instanceof Json.Arr(var items)) {
              lists.add(items);
            } else {
              collect(value, depth + 1, lists);
            }
          });
    }
  }

  /// What holds in the end, as Santa goes over its rules.
  private static Map<Key, Said> last(List<Json> rules, Gathering gathering) {
    var last = new LinkedHashMap<Key, Said>();
    for (var i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var given = text(rule, "identifier");
      var identifier = given.isEmpty() ? text(rule, "sha256") : given;
      var type = text(rule, "rule_type").toUpperCase(Locale.ROOT);
      var policy = text(rule, "policy").toUpperCase(Locale.ROOT);
      if (identifier.isEmpty() || type.isEmpty() || policy.isEmpty()) {
        gathering.leave("rule " + (i + 1), "has no identifier, rule_type or policy that is a text");
        continue;
      }
      var key = new Key(type, DIGESTS.contains(type) ? lower(identifier) : identifier);
      var said = new Said(i + 1, policy, rule);
      var before = last.put(key, said);
      if (before != null) {
        gathering.leave(
            before.what(key), "rule " + said.number() + " is of the same, and the last one counts");
      }
    }
    return last;
  }

  private static String lower(String digest) {
    return digest.toLowerCase(Locale.ROOT);
  }

  private static void translate(
      Key key, Said said, LinkedHashMap<String, Group> groups, Gathering gathering) {
    if (!BANS.contains(said.policy())) {
      gathering.leave(said.what(key), why(said.policy()));
      return;
    }
    if (!key.type().equals("BINARY")) {
      gathering.leave(said.what(key), unnamed(key.type()));
      return;
    }
    var sha256 = key.identifier();
    if (!sha256.matches("[0-9a-f]{64}")) {
      gathering.leave(said.what(key), "its identifier is no SHA-256 digest");
      return;
    }
    var comment = text(said.rule(), "comment");
    var group =
        groups.computeIfAbsent(
            comment.isEmpty() ? sha256 : comment,
            _ ->
                new Group(
                    comment.isEmpty() ? "Program " + sha256.substring(0, 12) : comment,
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>()));
    group.sha256().add(sha256);
    if (said.policy().startsWith("SILENT")) {
      group.notes().add("Santa told nobody when it blocked this; Interdict tells.");
    }
    // Companies tell the same of all that they ban, so this is what no group goes by.
    var message = text(said.rule(), "custom_msg");
    if (!message.isEmpty()) {
      group.notes().add("Santa told: " + message);
    }
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
