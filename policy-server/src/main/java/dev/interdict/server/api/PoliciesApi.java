package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PolicyBundle;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Published;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.metadata.RepositoryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was published. Thread-safe.
final class PoliciesApi implements Operations.Resource {
  private static final Schema.Named HEAD =
      Schema.named(
          "Policy",
          needs("serial", Schema.count()),
          needs("begun", Schema.instant()),
          needs("actor", Schema.any()),
          needs("changes", Schema.any()),
          needs("sha256", Schema.any()),
          may("shown", Schema.instant()));

  private final Publications publications;
  private final PolicyBundle bundles;
  private final Listing list = new Listing("policies", HEAD, List.of(), 1, this::page);

  PoliciesApi(Publications publications, PolicyBundle bundles) {
    this.publications = publications;
    this.bundles = bundles;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page("listPolicies", Reach.APART, "What was published, newest first", Role.VIEWER),
        Operation.get("/policies/{serial}", "getPolicy", "The list as one serial has it")
            .with(Parameter.path("serial", new Schema.Whole(1, Long.MAX_VALUE), "The serial."))
            .answers(200, new Schema.Document("The blocklist as agents read it."))
            .may(Role.VIEWER)
            .does(Reach.APART, this::policy),
        Operation.get(
                "/policies/{serial}/bundle",
                "getPolicyBundle",
                "The list with what is signed over it, as a repository of The Update Framework")
            .with(Parameter.path("serial", new Schema.Whole(1, Long.MAX_VALUE), "The serial."))
            .answers(List.of("application/zip"))
            .refuses(404, 409)
            .may(Role.VIEWER)
            .does(Reach.APART, this::bundle));
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var all = publications.list();
    var before = Cursor.number(after, Long.MAX_VALUE);
    return Listing.Page.cut(
        all.stream().filter(one -> one.serial() < before).limit(size + 1L).toList(),
        size,
        PoliciesApi::json,
        one -> List.of(Long.toString(one.serial())),
        all::size);
  }

  private static Json.Obj json(Published one) {
    return Json.object()
        .put("serial", one.serial())
        .put("begun", one.begunAt().toString())
        .put("actor", one.actor())
        .put("changes", one.summary())
        .put("sha256", one.sha256())
        .put("shown", Answers.text(one.shownAt()))
        .build();
  }

  private HttpResponse bundle(Call call) {
    var serial = call.number("serial", 0);
    try {
      var bundle =
          bundles
              .of(serial)
              .orElseThrow(() ->
                  Problem.missing(
                      Sentence.of("release.not-seen", "devices could see no serial %s", serial)));
      return HttpResponse.of(200, "application/zip", bundle)
          .with("Content-Disposition", "attachment; filename=\"interdict-" + serial + ".zip\"");
    } catch (RepositoryException e) {
      throw Problem.refused(
          409, "trust", "The signed repository does not verify.", String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse policy(Call call) {
    var serial = call.number("serial", 0);
    var document =
        publications
            .document(serial)
            .orElseThrow(() ->
                Problem.missing(Sentence.of("release.none", "there is no serial %s", serial)));
    try {
      return HttpResponse.json(200, JsonReader.read(document, JsonLimits.OWN));
    } catch (JsonException e) {
      throw new IllegalStateException("serial " + serial + " cannot be read", e);
    }
  }
}
