package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.Role;
import dev.interdict.server.failures.FailureClass;
import dev.interdict.server.failures.FailureDesk;
import dev.interdict.server.failures.FailureFilter;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.failures.FailureRow;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removals that need hands, and what people do about them. Thread-safe.
final class QueueApi implements Operations.Resource {
  private static final Role[] HANDS = {Role.HELPDESK, Role.APPROVER};
  private static final int MOST_TICKET = 500;
  private static final Schema.Words STATE = Schema.words("open", "resolved", "closed");

  private static final Schema.Named ROW =
      Schema.named(
          "QueueItem",
          needs("device", Schema.any()),
          needs("host", Schema.any()),
          needs("department", Schema.any()),
          needs("os", Schema.any()),
          needs("rule", Schema.any()),
          needs("state", STATE),
          needs("class", Schema.any()),
          may("identity", Schema.any()),
          may("since", Schema.instant()),
          may("last", Schema.instant()),
          may("owner", Schema.any()),
          may("ticket", Schema.any()),
          needs("comments", Schema.count()));

  private static final Excerpt HISTORY =
      new Excerpt(
          "history",
          Schema.named(
              "QueueComment",
              needs("at", Schema.instant()),
              needs("who", Schema.any()),
              needs("what", Schema.any()),
              needs("words", Schema.any())),
          500);

  private static final Schema.Named WHOLE =
      Schema.named(
          "WholeQueueItem",
          needs("item", ROW),
          needs("meaning", Schema.any()),
          needs("next-step", Schema.any()),
          HISTORY.rows(),
          HISTORY.leftOut());

  private final FailureQueue queue;
  private final FailureDesk desk;
  private final Accounts accounts;
  private final Viewing viewing;
  private final Listing list =
      new Listing(
          "queue-items",
          ROW,
          List.of(
              Keys.words("state", "In this state; open without."),
              Keys.RULES,
              Keys.names("class", "Of this class of errors."),
              Keys.names("owner", "That this account looks after; nobody: nobody."),
              Keys.DEPT,
              Keys.OS,
              Keys.RING,
              Keys.Q,
              Keys.sort("since, the longest failing first, which is usual, or -since."),
              Parameter.query("before", Schema.instant(), "That have failed since before then.")),
          3,
          this::page,
          this::shown);

  QueueApi(FailureQueue queue, FailureDesk desk, Accounts accounts, Viewing viewing) {
    this.viewing = viewing;
    this.queue = queue;
    this.desk = desk;
    this.accounts = accounts;
  }

  Listing list() {
    return list;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listQueueItems",
            Reach.WITHIN,
            "Removals that need hands, the longest failing first",
            Role.VIEWER),
        on(Operation.get("/queue-items/{device}/{rule}", "getQueueItem", "One, with its history"))
            .answers(200, WHOLE)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, call -> whole(call, item(call))),
        on(Operation.post(
                "/queue-items/{device}/{rule}/assign",
                "assignQueueItem",
                "Says who looks after it"))
            .takes(may("owner", Schema.text(200)))
            .answers(200, WHOLE)
            .may(HANDS)
            .does(Reach.WITHIN, this::assign),
        on(Operation.post(
                "/queue-items/{device}/{rule}/link",
                "linkQueueItem",
                "Says in which ticket it is worked on, by its address or number"))
            .takes(may("ticket", Schema.text(MOST_TICKET)))
            .answers(200, WHOLE)
            .may(HANDS)
            .does(Reach.WITHIN, this::link),
        saying("comment", "Says something about it", desk::comment),
        saying("resolve", "Says that it is solved; the next failure brings it back", desk::resolve),
        saying("reopen", "Takes back that it is solved", desk::reopen));
  }

  private static Operation.Draft on(Operation.Draft draft) {
    return draft.with(Answers.DEVICE, Answers.RULE);
  }

  /// What is done with some words; returns why it was not, or null.
  @FunctionalInterface
  private interface Deed {
    @Nullable Sentence run(String who, FailureRow failure, String words);
  }

  private Operation saying(String verb, String summary, Deed deed) {
    return on(Operation.post("/queue-items/{device}/{rule}/" + verb, verb + "QueueItem", summary))
        .takes(needs("text", Schema.text(FailureDesk.LONGEST)))
        .answers(200, WHOLE)
        .may(HANDS)
        .does(
            Reach.WITHIN,
            call -> {
              var item = item(call);
              return done(call, item, deed.run(call.actor(), item, call.member("text")));
            });
  }

  private HttpResponse assign(Call call) {
    var item = item(call);
    var owner = call.optionalMember("owner");
    if (owner != null
        && accounts.list().stream()
            .noneMatch(one -> one.name().equals(owner) && one.disabledAt() == null)) {
      throw Problem.value(
          "owner", Sentence.of("queue.owner", "no account \"%s\" may sign in", owner));
    }
    return done(call, item, desk.assign(call.actor(), item, owner));
  }

  private HttpResponse link(Call call) {
    var item = item(call);
    return done(call, item, desk.link(call.actor(), item, call.optionalMember("ticket")));
  }

  private HttpResponse done(Call call, FailureRow item, @Nullable Sentence refused) {
    if (refused != null) {
      throw Problem.notDone(refused);
    }
    return whole(call, item(call));
  }

  private FailureRow item(Call call) {
    var item = queue.find(call.device().value(), call.text("rule"));
    if (item == null || !call.session().scope().includes(item.department())) {
      throw Problem.missing(
          Sentence.of(
              "queue.not-failed",
              "removal of %s has not failed on %s",
              call.text("rule"),
              call.text("device")));
    }
    return item;
  }

  private void shown(Call call, List<Json.Obj> rows, boolean sought, boolean exported) {
    viewing.rows(call, rows, "queue-items", "device", sought, exported);
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var filter =
        call.asked(
            asked -> FailureFilter.read(call.session().scope(), asked, call.instant("before")));
    FailureQueue.Cursor cursor;
    try {
      cursor =
          after == null
              ? null
              : new FailureQueue.Cursor(Long.parseLong(after.get(0)), after.get(1), after.get(2));
    } catch (NumberFormatException e) {
      throw Problem.query("page_after is not what an answer gave as next");
    }
    return Listing.Page.cut(
        queue.list(filter, cursor, size + 1),
        size,
        QueueApi::json,
        row -> {
          var place = FailureQueue.Cursor.after(row);
          return List.of(Long.toString(place.since()), place.device(), place.rule());
        },
        () -> queue.count(filter));
  }

  private HttpResponse whole(Call call, FailureRow row) {
    viewing.one(call, call.device());
    var of = FailureClass.of(row.error());
    var json =
        Json.object()
            .put("item", json(row))
            .put("meaning", of.meaning())
            .put("next-step", of.next());
    return HttpResponse.json(
        200,
        HISTORY
            .putLast(
                json,
                queue.comments(row.device(), row.rule()),
                one ->
                    Json.object()
                        .put("at", one.at().toString())
                        .put("who", one.who())
                        .put("what", one.what())
                        .put("words", one.words())
                        .build())
            .build());
  }

  private static Json.Obj json(FailureRow row) {
    return Json.object()
        .put("device", row.device())
        .put("host", row.host())
        .put("department", row.department())
        .put("os", row.os())
        .put("rule", row.rule())
        .put("state", row.state().word())
        .put("class", row.error())
        .put("identity", row.identity())
        .put("since", Answers.text(row.since()))
        .put("last", Answers.text(row.last()))
        .put("owner", row.owner())
        .put("ticket", row.ticket())
        .put("comments", row.comments())
        .build();
  }
}
