package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.remote.Answer;
import dev.interdict.server.cli.remote.RemoteServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The drafts of a server, over its API.
///
/// @param profile under which the server is known here
record RemoteDesk(RemoteServer server, String profile) implements Desk {
  private static final int MOST = 100_000;

  @Override
  public String place() {
    return server.address();
  }

  @Override
  public String option() {
    return " --profile " + profile;
  }

  @Override
  public String me() {
    return server.read("/me").text("account");
  }

  @Override
  public Map<RuleId, Json> inForce() {
    var newest = server.list("/policies", "policies", Map.of(), 1);
    var rules = new LinkedHashMap<RuleId, Json>();
    if (!newest.isEmpty()) {
      var serial = number(newest.getFirst(), "serial");
      for (var rule : server.read("/policies/" + serial).rows("rules")) {
        rules.put(new RuleId(text(rule, "id")), rule);
      }
    }
    return rules;
  }

  @Override
  public List<OpenDraft> drafts() {
    var drafts = new ArrayList<OpenDraft>();
    for (var row : server.list("/drafts", "drafts", new HashMap<>(), MOST)) {
      if (row.get("rule") instanceof Json.Text(var rule)) {
        drafts.add(
            new OpenDraft(
                number(row, "draft"),
                new RuleId(rule),
                text(row, "state"),
                number(row, "revision"),
                text(row, "sha256"),
                text(row, "author")));
      }
    }
    return drafts;
  }

  @Override
  public Text text(OpenDraft draft) {
    var answer = server.read("/drafts/" + draft.number());
    return new Text(answer.text("content"), String.valueOf(answer.tag()), answer.text("author"));
  }

  @Override
  public Checked check(String name, String content) {
    var answer =
        server.change(
            "POST",
            "/drafts/check",
            Json.object().put("content", content).put("name", cut(name)).build(),
            null);
    return new Checked(
        answer.rows("lint").stream()
            .map(row ->
                new Said(
                    name,
                    text(row, "at"),
                    text(row, "severity"),
                    text(row, "code"),
                    text(row, "message")))
            .toList(),
        answer.rows("steps").stream()
            .filter(row -> text(row, "course").equals("graver"))
            .map(row -> (text(row, "path") + " " + text(row, "words")).strip())
            .toList(),
        answer.leftOut("lint") + answer.leftOut("steps"));
  }

  @Override
  public long create(String origin, String content) {
    var body = Json.object().put("content", content).put("origin", cut(origin)).build();
    Answer made = server.change("POST", "/drafts", body, null);
    return number(made.body(), "draft");
  }

  @Override
  public void edit(OpenDraft draft, Text before, String content) {
    var body = Json.object().put("content", content).build();
    server.change("PUT", "/drafts/" + draft.number(), body, before.tag());
  }

  @Override
  public void close() {
    server.close();
  }

  private static String cut(String words) {
    return words.length() <= 200 ? words : "…" + words.substring(words.length() - 199);
  }

  private static String text(Json.Obj row, String name) {
    return row.get(name) instanceof Json.Text(var text) ? text : "";
  }

  private static long number(Json.Obj row, String name) {
    return row.get(name) instanceof Json.Int(var number) ? number : 0;
  }
}
