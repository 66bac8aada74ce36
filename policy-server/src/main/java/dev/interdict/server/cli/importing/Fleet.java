package dev.interdict.server.cli.importing;

import static dev.interdict.server.cli.importing.Members.member;
import static dev.interdict.server.cli.importing.Members.text;

import dev.interdict.json.Json;
import dev.interdict.server.cli.importing.Found.Gathering;
import dev.interdict.server.cli.importing.Found.Sketch;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.YamlFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Policies of Fleet (`kind: policy`, or the `policies` of its GitOps files) and packs of osquery
/// (`queries` by name). A policy passes where its query answers, so one that passes where nothing
/// is found bans; one that passes where something is found asks for it, and is no ban. Both only
/// look, and so do the rules that come of them.
final class Fleet implements Format {
  private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---[ \\t]*(?:#.*)?\\R?");
  private static final int MOST = 5_000;

  private final Gathering gathering = new Gathering();
  private int queries;

  @Override
  public Found read(byte[] content) {
    for (var document : documents(content)) {
      document(document);
    }
    if (queries == 0) {
      throw Foreign.no(
          "policies or queries",
          "give YAML of Fleet (kind: policy, or policies:) or a pack of" + " osquery (queries:)");
    }
    return gathering.found();
  }

  private static List<Json> documents(byte[] content) {
    if (Foreign.isJson(content)) {
      return List.of(Foreign.json(content));
    }
    var documents = new ArrayList<Json>();
    for (var part : DOCUMENTS.split(new String(content, StandardCharsets.UTF_8))) {
      if (part.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
        continue;
      }
      switch (YamlFile.read("it", part.getBytes(StandardCharsets.UTF_8))) {
        case YamlFile.Reading.Read(var file) -> documents.add(file.json());
        case YamlFile.Reading.Malformed(var finding) ->
            throw new Failure(
                Exit.FOUND,
                "it "
                    + finding.message()
                    + " (line "
                    + finding.at().line()
                    + " of the part that begins \""
                    + part.strip().lines().findFirst().orElse("")
                    + "\")");
      }
    }
    return documents;
  }

  private void document(Json json) {
    if (json instanceof Json.Arr(var items)) {
      items.forEach(this::document);
      return;
    }
    if (member(json, "policies") instanceof Json.Arr(var policies)) {
      policies.forEach(policy -> query(text(policy, "name"), policy, true, ""));
    } else if (member(json, "queries") instanceof Json.Obj pack) {
      pack.members().forEach((name, one) -> query(name, one, false, text(json, "platform")));
    } else if (member(json, "queries") instanceof Json.Arr(var all)) {
      all.forEach(one -> query(text(one, "name"), one, false, text(json, "platform")));
    } else if (member(json, "spec") instanceof Json.Obj spec) {
      query(text(spec, "name"), spec, text(json, "kind").equals("policy"), "");
    } else if (member(json, "policy") instanceof Json.Obj one) {
      query(text(one, "name"), one, true, "");
    } else if (!text(json, "query").isEmpty()) {
      query(text(json, "name"), json, true, "");
    }
  }

  /// @param pack the systems of the pack that it is in
  private void query(String name, Json json, boolean policy, String pack) {
    if (++queries > MOST) {
      throw new Failure(Exit.FOUND, "it holds more than " + MOST + " queries; split it");
    }
    var what = name.isEmpty() ? "query " + queries : name;
    var given = text(json, "query");
    if (given.isEmpty()) {
      gathering.leave(what, "has no query that is a text");
      return;
    }
    var sql = Sql.read(given);
    if (sql == null) {
      gathering.leave(what, "its query says more than that something is installed: " + given);
      return;
    }
    if (policy != sql.absent()) {
      gathering.leave(
          what,
          policy
              ? "passes where it is installed, so it asks for it and bans nothing"
              : "answers where something is missing, which is no ban");
      return;
    }
    var table = Tables.of(sql.table(), sql.column());
    if (table == null) {
      gathering.leave(
          what, "rules know software by other marks than " + sql.table() + "." + sql.column());
      return;
    }
    var platform = text(json, "platform");
    var asked = Platforms.of(pack).and(Platforms.of(platform));
    var os = table.on().and(asked).scope();
    if (os == null) {
      gathering.leave(
          what,
          "is asked on \"%s\" only, where rules look for no %s"
              .formatted((pack + " " + platform).strip(), sql.table()));
      return;
    }
    var match = new ArrayList<Json.Obj>();
    for (var value : sql.values()) {
      var matcher = table.matcher().apply(value);
      if (matcher == null) {
        gathering.leave(what, "\"" + value + "\" cannot be such a name");
        return;
      }
      match.add(matcher);
    }
    var notes = new ArrayList<String>();
    notes.add("It looks only, as the query does.");
    if (!text(json, "resolution").isEmpty()) {
      notes.add("Fleet said what to do: " + text(json, "resolution"));
    }
    if (!platform.isEmpty()) {
      notes.add("It was asked on: " + platform);
    }
    if (!pack.isEmpty()) {
      notes.add("Its pack was asked on: " + pack);
    }
    gathering.add(new Sketch(what, match, "observe", os, notes));
  }
}
