package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.review.OpenDrafts;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.Person;
import dev.interdict.server.review.StoredDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The drafts in a server's folder, for whoever works beside it.
record FolderDesk(OpenDrafts open, Person by) implements Desk {

  @Override
  public String place() {
    return open.folder().path().toString();
  }

  @Override
  public String option() {
    return " -d " + place();
  }

  @Override
  public String me() {
    return by.name();
  }

  @Override
  public Map<RuleId, Json> inForce() {
    return open.examiner().published().now();
  }

  @Override
  public List<OpenDraft> drafts() {
    var drafts = new ArrayList<OpenDraft>();
    for (var draft : open.drafts().list(false)) {
      var rule = draft.rule();
      if (rule != null) {
        var newest = open.drafts().newest(draft);
        drafts.add(
            new OpenDraft(
                draft.number(),
                rule,
                draft.state().written(),
                draft.revision(),
                newest.sha256(),
                newest.author()));
      }
    }
    return drafts;
  }

  @Override
  public Text text(OpenDraft draft) {
    var stored = open.draft(draft.number());
    var newest = open.drafts().newest(stored);
    return new Text(newest.content(), tag(stored), newest.author());
  }

  private static String tag(StoredDraft draft) {
    return draft.revision() + "-" + draft.state().written();
  }

  @Override
  public Checked check(String name, String content) {
    var examined = open.examiner().examine(name, content);
    return new Checked(
        examined.findings().stream()
            .map(finding ->
                new Said(
                    name,
                    finding.at().toString(),
                    finding.code().severity().word(),
                    finding.code().name(),
                    finding.message()))
            .toList(),
        examined.direction().graver().stream()
            .map(step -> (step.path() + " " + step.words()).strip())
            .toList(),
        0);
  }

  @Override
  public long create(String origin, String content) {
    return done(open.drafts().create(by, origin, content)).number();
  }

  @Override
  public void edit(OpenDraft draft, Text before, String content) {
    var now = open.draft(draft.number());
    if (!tag(now).equals(before.tag())) {
      throw new Failure(
          Exit.CONFLICT, "draft " + draft.number() + " was changed since the plan was made");
    }
    done(open.drafts().edit(by, now, content));
  }

  private static StoredDraft done(DraftOutcome outcome) {
    return switch (outcome) {
      case DraftOutcome.Done(var now) -> now;
      case DraftOutcome.NotDone(var kind, var why) ->
          throw new Failure(Outcomes.code(kind), why.text());
    };
  }

  @Override
  public void close() {
    open.close();
  }
}
