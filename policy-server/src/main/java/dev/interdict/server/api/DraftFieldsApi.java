package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.draft.MatchKind;
import dev.interdict.server.draft.RuleFields;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.draft.YamlRewrite;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A draft by the usual fields of its rule, for those who would rather not write YAML. They are
/// written into the text, which stays the one truth: remarks and what no field shows are left as
/// they stand, and lint says of it what it would say of the same text typed. Thread-safe.
final class DraftFieldsApi implements Operations.Resource {
  private static final int MOST_LINES = 200;
  private static final Schema.Text LINE = Schema.text(500);
  private static final Schema.Text WORD = Schema.text(100);
  private static final Schema.Items LINES = new Schema.Items(LINE, MOST_LINES);

  private static final Schema.Member[] FIELDS = {
    needs("name", LINE),
    needs("publisher", LINE),
    needs("risk", WORD),
    needs("reason", Schema.object(needs("en", LINE), needs("zh-CN", LINE))),
    needs("replacement", Schema.object(needs("name", LINE), needs("url", Schema.text(2_000)))),
    needs("enforcement", WORD),
    needs(
        "timeline",
        Schema.object(
            needs("announce", WORD),
            needs("effective", WORD),
            needs("zone", WORD),
            may("clock", WORD),
            may("minimum-notice", WORD),
            may("defer", Schema.object(needs("times", Schema.count()), needs("by", WORD))))),
    may("match", matches()),
    may(
        "scope",
        Schema.object(
            may("os", LINES),
            may("groups", Schema.object(may("include", LINES), may("exclude", LINES))))),
    may("limits", Schema.object(needs("max-items-per-device", Schema.count()))),
    may("keep", LINES)
  };

  private final DraftsApi drafts;

  DraftFieldsApi(DraftsApi drafts) {
    this.drafts = drafts;
  }

  private static Schema.Members matches() {
    return new Schema.Members(
        Stream.of(MatchKind.values()).map(MatchKind::field).map(kind -> may(kind, LINES)).toList());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.put(
                "/drafts/{draft}/fields",
                "editDraftFields",
                "Writes the usual fields into a draft's text; what is left out is taken away, what"
                    + " no field shows stays")
            .with(DraftsApi.DRAFT)
            .takes(FIELDS)
            .answers(200, DraftAnswers.WHOLE)
            .may(Role.AUTHOR, Role.APPROVER)
            .seen()
            .does(Reach.WHOLE, this::edit));
  }

  private HttpResponse edit(Call call) {
    return drafts.edit(call, present -> written(present, call.body()));
  }

  private static String written(String text, Json.Obj fields) {
    if (!(YamlFile.read("draft", text.getBytes(StandardCharsets.UTF_8))
            instanceof YamlFile.Reading.Read(var file)
        && file.json() instanceof Json.Obj rule)) {
      throw Problem.notDone(
          Sentence.of(
              "fields.unreadable",
              "the text is no rule that can be read; mend the text itself first"));
    }
    var faults = new ArrayList<Fault>();
    var wanted = RuleFields.onto(rule, fields, faults);
    if (!faults.isEmpty()) {
      throw Problem.body(faults.stream().map(Wrong::of).toList());
    }
    return YamlRewrite.of(text, wanted)
        .orElseThrow(() ->
            Problem.notDone(
                Sentence.of(
                    "fields.remark",
                    "the text is written in a way that fields cannot change without losing a remark"
                        + " in it; change the text itself")));
  }
}
