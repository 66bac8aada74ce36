package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.webhooks.Template;
import dev.interdict.server.webhooks.Webhook;
import dev.interdict.server.webhooks.WebhookDesk;
import dev.interdict.server.webhooks.Webhooks;
import dev.interdict.server.wording.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The places that are told of events. Of an address its host is shown and no more, since chat
/// services put secrets into it; our own secret is in the answer that made it, and nowhere else.
/// They are told of the whole fleet. Thread-safe.
final class WebhooksApi implements Operations.Resource {
  private static final Schema.Words KIND =
      new Schema.Words(EventKind.stored().stream().map(EventKind::word).toList());

  private static final Schema.Words TEMPLATE =
      new Schema.Words(Arrays.stream(Template.values()).map(Template::word).toList());

  private static final Schema.Words LANGUAGE = Schema.words("en", "zh-CN");

  private static final Schema.Named WEBHOOK =
      Schema.named(
          "Webhook",
          needs("id", Schema.any()),
          needs("name", Schema.any()),
          needs("host", Schema.any()),
          needs("events", Schema.list(Schema.any(), KIND.words().size() + 1)),
          needs("template", TEMPLATE),
          needs("language", LANGUAGE),
          needs("created", Schema.instant()),
          needs("created-by", Schema.any()),
          needs("waiting", Schema.count()),
          needs("delivered", Schema.count()),
          needs("dead", Schema.count()),
          may("last-error", Schema.any()));

  private static final Schema.Named DELIVERY =
      Schema.named(
          "Delivery",
          needs("event", Schema.any()),
          needs("kind", Schema.any()),
          needs("happened", Schema.instant()),
          needs("state", Schema.words("waiting", "delivered", "dead")),
          needs("attempts", Schema.count()),
          may("next", Schema.instant()),
          may("answered", Schema.instant()),
          may("status", Schema.count()),
          may("error", Schema.any()));

  private static final Parameter ID =
      Parameter.path("webhook", Schema.text(100), "The webhook's id.");

  private final WebhookDesk desk;
  private final Listing list =
      Listing.whole("webhooks", WEBHOOK, List.of(), _ -> all(), this::json, Webhook::id);

  private final Listing deliveries = new Listing("deliveries", DELIVERY, List.of(), 1, this::page);

  WebhooksApi(WebhookDesk desk) {
    this.desk = desk;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listWebhooks",
            Reach.WHOLE,
            "The webhooks and what became of their messages, oldest first",
            Role.ADMINISTRATOR),
        Operation.post(
                "/webhooks",
                "createWebhook",
                "Makes one, which is told from now on; its secret is in this answer alone")
            .takes(
                needs("name", Schema.text(80)),
                needs("url", Schema.text(2_000)),
                may("events", new Schema.Items(KIND, KIND.words().size())),
                may("template", TEMPLATE),
                may("language", LANGUAGE),
                may("chat-secret", Schema.text(500)))
            .answers(
                201,
                Schema.named(
                    "NewWebhook", needs("webhook", WEBHOOK), needs("secret", Schema.any())))
            .may(Role.ADMINISTRATOR)
            .refuses(409)
            .proved()
            .secret()
            .does(Reach.WHOLE, this::create),
        on(
                "test",
                "testWebhook",
                "Sends it one message of the kind test, now, and says how it went")
            .answers(
                200,
                Schema.named(
                    "WebhookTest",
                    needs("taken", new Schema.Flag()),
                    may("status", Schema.count()),
                    may("error", Schema.any())))
            .does(Reach.WHOLE, this::test),
        on(
                "replay",
                "replayWebhook",
                "Sends messages once more, under the ids that they had: the dead, or all since"
                    + " then")
            .takes(may("since", Schema.instant()))
            .answers(200, Schema.named("Replayed", needs("messages", Schema.count())))
            .does(Reach.WHOLE, this::replay),
        Operation.get(
                "/webhooks/{webhook}/deliveries",
                "listDeliveries",
                "The messages to it and how far each is, the newest first")
            .with(ID)
            .with(deliveries.parameters())
            .answers(
                200, Schema.named("DeliveriesPage", deliveries.members(needs("webhook", WEBHOOK))))
            .may(Role.ADMINISTRATOR)
            .does(
                Reach.WHOLE,
                call ->
                    HttpResponse.json(
                        200, deliveries.page(call).put("webhook", json(find(call))).build())),
        on("remove", "removeWebhook", "Ends it, with all messages that wait")
            .proved()
            .does(Reach.WHOLE, this::remove));
  }

  private static Operation.Draft on(String verb, String id, String summary) {
    return Operation.post("/webhooks/{webhook}/" + verb, id, summary)
        .with(ID)
        .may(Role.ADMINISTRATOR);
  }

  private List<Webhook> all() {
    return desk.webhooks().list();
  }

  private Webhook find(Call call) {
    return all().stream()
        .filter(webhook -> webhook.id().equals(call.text("webhook")))
        .findAny()
        .orElseThrow(() ->
            Problem.missing(
                Sentence.of("webhook.none", "there is no webhook %s", call.text("webhook"))));
  }

  private HttpResponse create(Call call) {
    var template = call.optionalMember("template");
    var language = call.optionalMember("language");
    try {
      var made =
          desk.add(
              call.actor(),
              call.member("name"),
              call.member("url"),
              call.texts("events").stream().map(EventKind::ofWord).collect(Collectors.toSet()),
              template == null ? Template.GENERIC : Template.ofWord(template),
              language == null ? Locale.ENGLISH : Locale.forLanguageTag(language),
              call.optionalMember("chat-secret"));
      return HttpResponse.json(
          201,
          Json.object().put("webhook", json(made.webhook())).put("secret", made.secret()).build());
    } catch (IllegalArgumentException e) {
      throw Problem.notDone(e);
    } catch (Sealing.BrokenException e) {
      throw Problem.conflict(Sentence.of(e));
    }
  }

  private HttpResponse test(Call call) {
    var outcome = desk.test(call.actor(), find(call));
    var status = outcome.status();
    return HttpResponse.json(
        200,
        Json.object()
            .put("taken", outcome.taken())
            .put("status", status == null ? null : new Json.Int(status))
            .put("error", outcome.error())
            .build());
  }

  private HttpResponse replay(Call call) {
    var again = desk.webhooks().replay(call.actor(), find(call).id(), call.instantMember("since"));
    return HttpResponse.json(200, Json.object().put("messages", again).build());
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var id = find(call).id();
    return Listing.Page.cut(
        desk.webhooks().deliveries(id, Cursor.number(after, Long.MAX_VALUE), size + 1),
        size,
        WebhooksApi::json,
        one -> List.of(Long.toString(one.seq())),
        () -> desk.webhooks().deliveryCount(id));
  }

  private static Json.Obj json(Webhooks.Delivery one) {
    var status = one.status();
    return Json.object()
        .put("event", one.event())
        .put("kind", one.kind())
        .put("happened", one.happened().toString())
        .put("state", one.state())
        .put("attempts", one.attempts())
        .put("next", one.state().equals("waiting") ? one.next().toString() : null)
        .put("answered", Answers.text(one.answered()))
        .put("status", status == null ? null : new Json.Int(status))
        .put("error", one.error())
        .build();
  }

  private HttpResponse remove(Call call) {
    if (!desk.webhooks().remove(call.actor(), find(call).id())) {
      throw Problem.missing(
          Sentence.of("webhook.removed", "somebody else removed it at the same moment"));
    }
    return HttpResponse.empty(204);
  }

  private Json.Obj json(Webhook one) {
    var tally = desk.webhooks().tally(one.id());
    return Json.object()
        .put("id", one.id())
        .put("name", one.name())
        .put("host", one.host())
        .put("events", Json.texts(one.kinds().stream().sorted().map(EventKind::word).toList()))
        .put("template", one.template().word())
        .put("language", one.language().toLanguageTag())
        .put("created", one.createdAt().toString())
        .put("created-by", one.createdBy())
        .put("waiting", tally.waiting())
        .put("delivered", tally.delivered())
        .put("dead", tally.dead())
        .put("last-error", tally.lastError())
        .build();
  }
}
