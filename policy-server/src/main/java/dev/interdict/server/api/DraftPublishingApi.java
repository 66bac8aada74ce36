package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Releases;
import java.util.List;
import java.util.function.Supplier;

/// Brings drafts into force. What needs two people needs two here, and nothing goes around that.
/// Thread-safe.
final class DraftPublishingApi implements Operations.Resource {
  static final Schema.Named PUBLISHED =
      Schema.named(
          "Publishing",
          needs("serial", Schema.count()),
          needs("changes", Schema.any()),
          may("sha256", Schema.any()));

  private final Drafts drafts;
  private final Releases releases;
  private final Supplier<Publisher> publisher;

  DraftPublishingApi(Drafts drafts, Releases releases, Supplier<Publisher> publisher) {
    this.drafts = drafts;
    this.releases = releases;
    this.publisher = publisher;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/drafts/{draft}/observe",
                "observeDraft",
                "Lets workstations look for what a draft recognises, and do nothing else")
            .with(DraftsApi.DRAFT)
            .answers(200, PUBLISHED)
            .may(DraftsApi.WRITERS)
            .seen()
            .proved()
            .does(
                Reach.WHOLE,
                call ->
                    published(
                        releases.observe(
                            DraftsApi.person(call),
                            DraftsApi.seen(drafts, call),
                            (edit, consent) -> publisher.get().edit(call.actor(), edit, consent)))),
        Operation.post(
                "/drafts/{draft}/publish",
                "publishDraft",
                "Publishes a draft that was approved, or that makes agents do no more")
            .with(DraftsApi.DRAFT)
            .answers(200, PUBLISHED)
            .may(DraftsApi.WRITERS)
            .seen()
            .proved()
            .does(
                Reach.WHOLE,
                call ->
                    published(
                        releases.publish(
                            DraftsApi.person(call),
                            DraftsApi.seen(drafts, call),
                            (edit, consent) ->
                                publisher.get().edit(call.actor(), edit, consent)))));
  }

  static HttpResponse published(PublishOutcome outcome) {
    return switch (outcome) {
      case PublishOutcome.Done(var publication) ->
          HttpResponse.json(
              200,
              Json.object()
                  .put("serial", publication.serial())
                  .put("changes", publication.summary())
                  .put("sha256", publication.sha256())
                  .build());
      case PublishOutcome.Unchanged(var serial) ->
          HttpResponse.json(
              200, Json.object().put("serial", serial).put("changes", "none").build());
      case PublishOutcome.Refused(var kind, var reason) -> throw Problem.of(kind, reason);
      case PublishOutcome.Held _ -> throw new IllegalStateException("an edit holds nothing");
    };
  }
}
