package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.views.SavedView;
import dev.interdict.server.views.SavedViews;
import dev.interdict.server.views.SavedViews.Outcome;
import dev.interdict.server.views.SavedViews.Refusal;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// Pages of the console that people keep by name. Thread-safe.
final class ViewsApi implements Operations.Resource {
  private static final Schema.Named VIEW =
      Schema.named(
          "View",
          needs("view", Schema.any()),
          needs("name", Schema.any()),
          needs("address", Schema.any()),
          needs("owner", Schema.any()),
          needs("shared", new Schema.Flag()),
          needs("own", new Schema.Flag()),
          needs("changeable", new Schema.Flag()),
          needs("created", Schema.instant()));

  private static final Parameter ONE =
      Parameter.path("view", Schema.text(100), "The saved view's id.");

  private final SavedViews views;

  ViewsApi(SavedViews views) {
    this.views = views;
  }

  @Override
  public List<Operation> operations() {
    var name = needs("name", Schema.text(SavedViews.LONGEST_NAME));
    return List.of(
        list()
            .page(
                "listViews",
                Reach.APART,
                "Pages of the console that you or others keep by name",
                Role.VIEWER),
        Operation.post("/views", "saveView", "Keeps a page of the console by name")
            .takes(name, needs("address", Schema.text(1_000)), may("shared", new Schema.Flag()))
            .answers(201, VIEW)
            .refuses(409)
            .may(Role.VIEWER)
            .does(Reach.APART, this::save),
        Operation.post("/views/{view}/rename", "renameView", "Gives a saved view another name")
            .with(ONE)
            .takes(name)
            .answers(200, VIEW)
            .refuses(404, 409)
            .may(Role.VIEWER)
            .does(Reach.APART, this::rename),
        Operation.post("/views/{view}/remove", "removeView", "Forgets a saved view")
            .with(ONE)
            .refuses(404)
            .may(Role.VIEWER)
            .does(Reach.APART, this::remove));
  }

  private Listing list() {
    return Listing.whole(
        "views",
        VIEW,
        List.of(),
        call -> views.of(call.actor()).stream().map(view -> Shown.of(call, view)).toList(),
        Shown::json,
        shown -> shown.view().id());
  }

  /// A view as somebody sees it.
  ///
  /// @param all whether they change what others share
  private record Shown(SavedView view, String account, boolean all) {
    static Shown of(Call call, SavedView view) {
      return new Shown(view, call.actor(), ViewsApi.all(call));
    }

    Json.Obj json() {
      return Json.object()
          .put("view", view.id())
          .put("name", view.name())
          .put("address", view.address())
          .put("owner", view.owner())
          .put("shared", view.shared())
          .put("own", view.owner().equals(account))
          .put("changeable", view.owner().equals(account) || all && view.shared())
          .put("created", view.created().toString())
          .build();
    }
  }

  private HttpResponse save(Call call) {
    var shared = call.flagMember("shared");
    if (shared && !call.session().may(Role.AUDITOR) && !call.session().may(Role.ADMINISTRATOR)) {
      throw Problem.refused(
          403,
          "role",
          "Your account may not do this.",
          "what everybody finds is shared by auditors and administrators; save it for yourself");
    }
    var name = call.member("name");
    var address = call.member("address");
    return HttpResponse.json(
        201, done(call, name, () -> views.save(call.actor(), name, address, shared)).json());
  }

  private HttpResponse rename(Call call) {
    var name = call.member("name");
    return HttpResponse.json(
        200,
        done(call, name, () -> views.rename(call.actor(), all(call), call.text("view"), name))
            .json());
  }

  private HttpResponse remove(Call call) {
    var _ = done(call, "", () -> views.remove(call.actor(), all(call), call.text("view")));
    return HttpResponse.empty(204);
  }

  private static boolean all(Call call) {
    return call.session().may(Role.ADMINISTRATOR);
  }

  private static Shown done(Call call, String name, Supplier<Outcome> change) {
    Outcome outcome;
    try {
      outcome = change.get();
    } catch (IllegalArgumentException e) {
      throw Problem.notDone(e);
    }
    var refusal = outcome.refusal();
    if (refusal != null) {
      throw switch (refusal) {
        case Refusal.TAKEN ->
            Problem.conflict(
                Sentence.of(
                    "view.exists",
                    "you keep a view named \"%s\" already; take another name",
                    name));
        case Refusal.TOO_MANY ->
            Problem.conflict(
                Sentence.of(
                    "view.most",
                    "you keep %s views, which is the most; remove one first",
                    SavedViews.MOST));
        case Refusal.MISSING ->
            Problem.missing(
                Sentence.of(
                    "view.none", "there is no saved view %s that is yours", call.text("view")));
      };
    }
    return Shown.of(call, Objects.requireNonNull(outcome.view(), "done"));
  }
}
