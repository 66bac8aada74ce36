package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.review.DraftJson;
import dev.interdict.server.review.Preview;
import dev.interdict.server.review.Previews;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The previews that were taken. Each is about the whole fleet and names workstations, so it is not
/// for those who see parts of it. Thread-safe.
final class PreviewsApi implements Operations.Resource {
  private static final Schema.Whole NUMBER = new Schema.Whole(1, Long.MAX_VALUE);

  private static final Schema.Named ROW =
      Schema.named(
          "PreviewRow",
          needs("number", NUMBER),
          needs("preview", Schema.any()),
          needs("draft", NUMBER),
          needs("revision", NUMBER),
          needs("sha256", Schema.any()),
          needs("taken", Schema.instant()),
          needs("by", Schema.any()),
          may("observed-by", Schema.any()),
          needs("enrolled", Schema.count()),
          needs("looked", Schema.count()),
          needs("matched", Schema.count()),
          needs("in-critical-groups", Schema.count()),
          may("counts-no-more", Schema.any()),
          may("counts-no-more" + Sentence.SAID, Sentences.SCHEMA));

  private final Previews previews;
  private final Listing list =
      new Listing(
          "previews",
          ROW,
          List.of(Parameter.query("draft", NUMBER, "Of this draft.")),
          1,
          this::page);

  PreviewsApi(Previews previews) {
    this.previews = previews;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listPreviews", Reach.WHOLE, "What previews of drafts said, newest first", Role.VIEWER),
        Operation.get("/previews/{preview}", "getPreview", "One preview, as the reviewer saw it")
            .with(Parameter.path("preview", NUMBER, "Its number: 12 for PV-0012."))
            .answers(200, DraftAnswers.PREVIEW)
            .may(Role.VIEWER)
            .does(Reach.WHOLE, this::one));
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var draft = call.optional("draft") == null ? null : call.number("draft", 0);
    return Listing.Page.cut(
        previews.list(draft, Cursor.number(after, Long.MAX_VALUE), size + 1),
        size,
        this::json,
        one -> List.of(Long.toString(one.number())),
        () -> previews.count(draft));
  }

  private HttpResponse one(Call call) {
    var number = call.number("preview", 0);
    return HttpResponse.json(
        200,
        DraftJson.preview(
            previews
                .find(number)
                .orElseThrow(() ->
                    Problem.missing(
                        Sentence.of("preview.missing", "there is no preview %s", number)))));
  }

  private Json.Obj json(Preview one) {
    var json =
        Json.object()
            .put("number", one.number())
            .put("preview", one.id())
            .put("draft", one.draft())
            .put("revision", one.revision())
            .put("sha256", one.sha256())
            .put("taken", one.takenAt().toString())
            .put("by", one.takenBy())
            .put("observed-by", one.observed())
            .put("enrolled", one.enrolled())
            .put("looked", one.looked())
            .put("matched", one.matched())
            .put("in-critical-groups", one.critical());
    Sentence.put(json, "counts-no-more", previews.staleness(one));
    return json.build();
  }
}
