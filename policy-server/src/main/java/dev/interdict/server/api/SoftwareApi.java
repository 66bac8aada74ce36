package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Collection;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.DevicePage;
import dev.interdict.server.compliance.Installed;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.risk.SoftwareReviews;
import dev.interdict.server.wording.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is installed in the fleet, as far as devices may tell. Thread-safe.
final class SoftwareApi implements Operations.Resource {
  private static final Schema.Named REVIEW =
      Schema.named(
          "SoftwareReview",
          needs("at", Schema.instant()),
          needs("who", Schema.any()),
          needs("note", Schema.any()));

  private static final Parameter IDENTITY =
      Parameter.needed("identity", Schema.text(500), "This software, to the letter.");

  private static final Schema.Named ROW =
      Schema.named(
          "Software",
          needs("name", Schema.any()),
          needs("ecosystem", Schema.any()),
          needs("identity", Schema.any()),
          needs("source", Schema.any()),
          needs("devices", Schema.count()),
          needs(
              "versions",
              Schema.list(
                  Schema.named(
                      "SoftwareVersion",
                      may("version", Schema.any()),
                      needs("devices", Schema.count())),
                  Installed.MOST_VERSIONS)),
          may("reviewed", REVIEW));

  private static final Schema.Named COLLECTED =
      Schema.named(
          "Collected",
          needs(
              "level",
              new Schema.Words(
                  Arrays.stream(Collection.Level.values()).map(Fields::written).toList())),
          needs("tells-software", new Schema.Flag()),
          needs("words", Schema.any()));

  private static final Schema.Named HOLDER =
      Schema.named(
          "SoftwareDevice",
          needs("id", Schema.any()),
          needs("host", Schema.any()),
          needs("department", Schema.any()),
          needs("os", Schema.any()),
          may("version", Schema.any()),
          needs("places", Schema.count()),
          needs("last-contact", Schema.instant()));

  private final Installed installed;
  private final SoftwareReviews reviews;
  private final Supplier<Blocklist> inForce;
  private final Listing list =
      new Listing(
          "software",
          ROW,
          List.of(
              Keys.names("detector", "From this inventory source."),
              Parameter.query("q", Schema.text(200), "Part of its identity."),
              Parameter.query(
                  "reviewed",
                  Schema.words("yes", "no"),
                  "Only what somebody marked as reviewed, or only what nobody did.")),
          2,
          this::page);

  private final Listing holders;

  /// @param inForce the signed list, which says how much devices may tell
  SoftwareApi(
      Installed installed, SoftwareReviews reviews, Supplier<Blocklist> inForce, Viewing viewing) {
    this.holders =
        new Listing(
            "devices",
            HOLDER,
            List.of(
                Parameter.needed("identity", Schema.text(500), "Of this software, to the letter."),
                Parameter.needed("detector", Schema.text(300), "Found by this inventory source.")),
            2,
            this::holders,
            (call, rows, sought, exported) ->
                viewing.rows(call, rows, "software", "id", sought, exported));
    this.installed = installed;
    this.reviews = reviews;
    this.inForce = inForce;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/software/devices",
                "listSoftwareDevices",
                "The devices that have one software, as many as its row counts")
            .with(holders.parameters())
            .answers(
                200, Schema.named("SoftwareDevicesPage", holders.members(may("reviewed", REVIEW))))
            .may(Role.VIEWER)
            .does(
                Reach.WITHIN,
                call ->
                    HttpResponse.json(
                        200, holders.page(call).put("reviewed", reviewed(call)).build())),
        Operation.post(
                "/software/review", "reviewSoftware", "Writes down that somebody looked at it")
            .with(IDENTITY)
            .takes(may("note", Schema.text(SoftwareReviews.LONGEST)))
            .answers(200, REVIEW)
            .refuses(404)
            .may(Role.AUTHOR, Role.APPROVER)
            .does(Reach.WHOLE, this::review),
        Operation.post("/software/unreview", "unreviewSoftware", "Takes back that somebody looked")
            .with(IDENTITY)
            .refuses(404)
            .may(Role.AUTHOR, Role.APPROVER)
            .does(Reach.WHOLE, this::unreview),
        Operation.get(
                "/software",
                "listSoftware",
                "What devices told that they have, and how much they may")
            .with(list.parameters())
            .answers(
                200, Schema.named("SoftwarePage", list.members(needs("collection", COLLECTED))))
            .may(Role.VIEWER)
            .does(
                Reach.WITHIN,
                call ->
                    HttpResponse.json(
                        200, list.page(call).put("collection", collected()).build())));
  }

  private HttpResponse review(Call call) {
    var identity = call.text("identity");
    if (!installed.isTold(identity)) {
      throw Problem.missing(
          Sentence.of("software.none", "no device of the fleet told of %s", identity));
    }
    var note = call.optionalMember("note");
    var at = reviews.review(call.actor(), identity, note == null ? "" : note);
    return HttpResponse.json(
        200, json(new Installed.Review(at, call.actor(), note == null ? "" : note.strip())));
  }

  private HttpResponse unreview(Call call) {
    if (!reviews.takeBack(call.actor(), call.text("identity"))) {
      throw Problem.missing(
          Sentence.of(
              "software.not-reviewed", "nobody marked %s as reviewed", call.text("identity")));
    }
    return HttpResponse.empty(204);
  }

  /// Who sees no device that has it learns nothing of it, nor that somebody knows it.
  private Json.@Nullable Obj reviewed(Call call) {
    var scope = call.session().scope();
    var software = new Installed.Cursor(call.text("identity"), call.text("detector"));
    var review =
        scope.isWhole() || installed.holders(scope, software) > 0
            ? installed.review(software.identity())
            : null;
    return review == null ? null : json(review);
  }

  private static Json.Obj json(Installed.Review review) {
    return Json.object()
        .put("at", review.at().toString())
        .put("who", review.who())
        .put("note", review.note())
        .build();
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var filter =
        new Installed.Filter(
            call.session().scope(),
            call.asked(asked -> asked.names("detector")),
            call.optional("q"),
            reviewed(call.optional("reviewed")));
    return Listing.Page.cut(
        installed.list(
            filter,
            after == null ? null : new Installed.Cursor(after.getFirst(), after.getLast()),
            size + 1),
        size,
        SoftwareApi::json,
        one -> List.of(one.identity(), one.source()),
        () -> installed.count(filter));
  }

  private Listing.Page holders(Call call, @Nullable List<String> after, int size) {
    var software = new Installed.Cursor(call.text("identity"), call.text("detector"));
    var scope = call.session().scope();
    DevicePage.Cursor place;
    try {
      place =
          after == null
              ? null
              : new DevicePage.Cursor(after.getFirst(), new DeviceId(after.getLast()));
    } catch (IllegalArgumentException e) {
      throw Problem.query("page_after is not what an answer gave as next");
    }
    return Listing.Page.cut(
        installed.holders(scope, software, place, size + 1),
        size,
        SoftwareApi::json,
        one -> List.of(one.host(), one.device()),
        () -> installed.holders(scope, software));
  }

  private static @Nullable Boolean reviewed(@Nullable String word) {
    return word == null ? null : word.equals("yes");
  }

  private static Json.Obj json(Installed.Holder one) {
    return Json.object()
        .put("id", one.device())
        .put("host", one.host())
        .put("department", one.department())
        .put("os", one.os())
        .put("version", one.version())
        .put("places", one.places())
        .put("last-contact", one.lastContact().toString())
        .build();
  }

  private Json collected() {
    var level = inForce.get().collection().level();
    var tells = level != Collection.Level.STATES;
    return Json.object()
        .put("level", Fields.written(level))
        .put("tells-software", tells)
        .put(
            "words",
            tells
                ? "Devices tell what published rules look for, and of nothing else. This is no"
                    + " inventory of all that is installed."
                : "The signed list lets devices tell only where each rule stands, so what is"
                    + " installed is not collected. Rows are of devices that told it before that.")
        .build();
  }

  private static Json.Obj json(Installed.Software one) {
    var url = url(one.identity());
    var name =
        url == null
            ? one.identity()
            : url.namespace().isEmpty() ? url.name() : url.namespace() + "/" + url.name();
    return Json.object()
        .put("name", name)
        .put("ecosystem", url == null ? one.source() : url.type())
        .put("identity", one.identity())
        .put("source", one.source())
        .put("devices", one.devices())
        .put(
            "versions",
            one.versions().stream()
                .map(version ->
                    Json.object()
                        .put("version", version.version())
                        .put("devices", version.devices())
                        .build())
                .toList())
        .put("reviewed", one.reviewed() == null ? null : json(one.reviewed()))
        .build();
  }

  private static @Nullable PackageUrl url(String identity) {
    try {
      return identity.startsWith("pkg:") ? PackageUrl.parse(identity) : null;
    } catch (IllegalArgumentException e) {
      // A device wrote it; it is told as it is.
      return null;
    }
  }
}
