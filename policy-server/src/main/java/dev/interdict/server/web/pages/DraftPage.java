package dev.interdict.server.web.pages;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleReader;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.draft.YamlText;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.diff.WordDiff;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/drafts/{id}`: one draft on its way to the published list.
final class DraftPage implements Page {
  private final Fleet fleet;

  DraftPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return DraftsPage.PATH + "/{id}";
  }

  @Override
  public Outcome show(Ask ask) {
    var id = ask.place("id");
    var words = ask.words();
    var answer = ask.api().tagged("getDraft", "draft", id);
    var draft = answer.row();
    var stale = stale(ask.api(), draft, id);
    var file = file(draft.text("content"));
    var json = file != null && file.json() instanceof Json.Obj rule ? rule : null;
    var name =
        json != null && json.get("name") instanceof Json.Text(var text)
            ? text
            : words.text("draft.number", id);
    var rule =
        json != null && RuleReader.read(json) instanceof RuleReader.Result.Understood(var read)
            ? read
            : null;
    var next = DraftNext.of(draft, stale, fleet.time().instant());
    var form =
        file == null || json == null || !draft.text("state").equals("open")
            ? null
            : DraftForm.of(file, json, draft.rows("lint"));
    var view =
        new DraftView(
            draft,
            answer.tag(),
            name,
            ask.session().account(),
            next,
            stale,
            signing(ask.api()),
            way(draft, next, stale, words),
            draft.text("content").lines().toList(),
            json == null ? List.of() : inForce(ask.api(), draft, json),
            meanwhile(ask, draft, form),
            rule,
            rule == null ? List.of() : Notice.of(rule, words),
            form,
            fleet.clock());
    return new Shown(name, List.of(new Crumb(words.text("nav.drafts"), DraftsPage.PATH)), view, 0);
  }

  private static Row stale(Asking api, Row draft, String id) {
    var preview = draft.row("preview").text("preview");
    return api
        .read("listPreviews", Map.of("draft", List.of(id), "size", List.of("5")))
        .rows("previews")
        .stream()
        .filter(each -> each.text("preview").equals(preview))
        .findFirst()
        .orElse(Row.NONE);
  }

  private static @Nullable YamlFile file(String content) {
    return YamlFile.read("draft", content.getBytes(StandardCharsets.UTF_8))
            instanceof YamlFile.Reading.Read(var file)
        ? file
        : null;
  }

  /// Who signs the list; nothing where the repository cannot say.
  private static Row signing(Asking api) {
    try {
      return api.read("listKeys", Map.of()).rows("roles").stream()
          .filter(role -> role.text("role").equals("blocklist"))
          .findFirst()
          .orElse(Row.NONE);
    } catch (RefusedException e) {
      return Row.NONE;
    }
  }

  /// Both as the same writer writes them, so that only what counts is different.
  private static List<WordDiff.Line> inForce(Asking api, Row draft, Json.Obj next) {
    var before = RuleVersions.newest(api, draft.text("rule"));
    return before == null || draft.has("closed")
        ? List.of()
        : WordDiff.of(YamlText.of(before), YamlText.of(next));
  }

  /// What whoever was slower typed, against what somebody else saved: of the text, or of the
  /// fields.
  private static List<WordDiff.Line> meanwhile(Ask ask, Row draft, @Nullable DraftForm form) {
    var sent = ask.sent();
    if (sent == null || sent.done() || !sent.kind().equals("outdated")) {
      return List.of();
    }
    if (sent.fields().containsKey("content")) {
      return WordDiff.of(draft.text("content"), sent.value("content").replace("\r\n", "\n"));
    }
    return form == null ? List.of() : form.against(sent);
  }

  private static List<Milestone> way(Row draft, DraftNext next, Row stale, Words words) {
    var preview = draft.row("preview");
    var decided = draft.row("decided");
    var previewed = preview.has("preview") && !stale.has("counts-no-more");
    var approved =
        draft.text("state").equals("approved") && next != DraftNext.LAPSED
            || next == DraftNext.PUBLISHED && decided.has("by");
    var alone = draft.flag("safe") && !approved;
    var closed = draft.row("closed");
    var out = next == DraftNext.PUBLISHED;
    return Milestone.marked(
        List.of(
            new Milestone(
                "draft",
                DraftNext.errors(draft) == 0,
                draft.text("author"),
                draft.row("created").instant("at"),
                false),
            new Milestone(
                "previewed",
                previewed || out || alone,
                previewed
                    ? words.text("way.previewed.devices", preview.row("impact").number("matched"))
                    : alone ? words.text("way.not-needed") : "",
                previewed ? preview.instant("taken") : null,
                false),
            new Milestone(
                "approved",
                approved || alone,
                alone ? words.text("way.not-needed") : approved ? decided.text("by") : "",
                approved ? decided.instant("at") : null,
                false),
            new Milestone(
                "published",
                out,
                out ? words.text("way.serial", draft.number("serial")) : "",
                out ? closed.instant("at") : null,
                false)));
  }
}
