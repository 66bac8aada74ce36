package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.draft.YamlText;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Examiner;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Begins drafts, from a text or from what is known already. Thread-safe.
final class NewDraftsApi implements Operations.Resource {
  private static final int MOST_NAME = 200;

  private final Drafts drafts;
  private final Examiner examiner;
  private final DraftsApi answering;

  /// @param answering answers with the draft that was begun
  NewDraftsApi(Drafts drafts, Examiner examiner, DraftsApi answering) {
    this.drafts = drafts;
    this.examiner = examiner;
    this.answering = answering;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/drafts",
                "createDraft",
                "Begins a draft: from a text, the catalogue, or the rule in force or of a serial")
            .takes(
                may("content", Schema.text(DraftsApi.MOST_TEXT)),
                may("origin", Schema.text(200)),
                may("catalogue", Schema.text(100)),
                may("rule", Schema.text(100)),
                may("serial", Schema.count()))
            .answers(201, DraftAnswers.WHOLE)
            .may(DraftsApi.WRITERS)
            .refuses(404)
            .does(Reach.WHOLE, this::create),
        Operation.post(
                "/drafts/check",
                "checkDraft",
                "Says what lint and the list in force say of a text, and keeps nothing")
            .takes(
                needs("content", Schema.text(DraftsApi.MOST_TEXT)),
                may("name", Schema.text(MOST_NAME)))
            .answers(200, DraftAnswers.CHECKED)
            .may(DraftsApi.WRITERS)
            .does(Reach.WHOLE, this::check));
  }

  private HttpResponse create(Call call) {
    var source = source(call);
    var outcome = drafts.create(DraftsApi.person(call), source.origin(), source.content());
    var answer = answering.done(201, outcome);
    return outcome instanceof DraftOutcome.Done(var now)
        ? answer.with("Location", Operation.BASE + "/drafts/" + now.number())
        : answer;
  }

  private record Source(String origin, String content) {}

  private Source source(Call call) {
    var content = call.optionalMember("content");
    var catalogue = call.optionalMember("catalogue");
    var rule = call.optionalMember("rule");
    var given = Stream.of(content, catalogue, rule).filter(one -> one != null).count();
    if (given != 1 || call.body().get("serial") != null && rule == null) {
      throw Problem.value(
          "content",
          Sentence.of(
              "new-draft.from",
              "say from what: content, catalogue, or rule with or without serial"));
    }
    if (content != null) {
      var origin = call.optionalMember("origin");
      return new Source(origin == null ? "from the API" : origin, content);
    }
    if (catalogue != null) {
      return Catalogue.rule(catalogue)
          .map(text -> new Source("from the catalogue", new String(text, StandardCharsets.UTF_8)))
          .orElseThrow(() ->
              Problem.missing(
                  Sentence.of(
                      "new-draft.no-catalogue", "the catalogue has no rule %s", catalogue)));
    }
    var id = call.member("rule", RuleId::new);
    var serial = call.numberMember("serial", 0);
    var published = examiner.published();
    var json = serial == 0 ? published.now().get(id) : published.of(serial, id).orElse(null);
    if (json == null) {
      throw Problem.missing(
          serial == 0
              ? Sentence.of("rule.not-published", "no rule %s is published", id)
              : Sentence.of("rule.not-in-serial", "no rule %s is in serial %s", id, serial));
    }
    return new Source(
        serial == 0 ? "from the rule in force" : "from serial " + serial, YamlText.of(json));
  }

  private HttpResponse check(Call call) {
    var name = call.optionalMember("name");
    var examined = examiner.examine(name == null ? "text" : name, call.member("content"));
    return HttpResponse.json(200, DraftAnswers.checked(examined));
  }
}
