package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PolicyBundle;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Published;
import dev.interdict.server.publish.RuleVersions;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.SignedFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// How far published lists have come, and what one of them is: its digests, who signed it, what it
/// made different. Thread-safe.
final class ReleasesApi implements Operations.Resource {
  private static final Excerpt SERIALS =
      new Excerpt(
          "serials",
          Schema.named(
              "SerialDevices", needs("serial", Schema.count()), needs("devices", Schema.count())),
          1_000);

  private static final Schema.Named ROLLOUT =
      Schema.named(
          "Rollout",
          needs("serial", Schema.count()),
          needs("reporting", Schema.count()),
          needs("verified", Schema.count()),
          SERIALS.rows(),
          SERIALS.leftOut());

  private static final Excerpt RULES =
      new Excerpt(
          "rules",
          Schema.named(
              "ReleasedRule",
              needs("rule", Schema.any()),
              needs("change", Schema.words("added", "changed", "removed")),
              VersionsApi.DIFFERENCE.rows(),
              VersionsApi.DIFFERENCE.leftOut()),
          1_000);

  private static final Schema.Named RELEASE =
      Schema.named(
          "Release",
          needs("serial", Schema.count()),
          needs("begun", Schema.instant()),
          may("shown", Schema.instant()),
          needs("actor", Schema.any()),
          needs("changes", Schema.any()),
          needs("bytes", Schema.count()),
          needs("sha256", Schema.any()),
          needs("sha512", Schema.any()),
          needs("signed-by", Schema.list(Schema.any(), SignedFile.MOST_SIGNATURES)),
          RULES.rows(),
          RULES.leftOut());

  private final Publications publications;
  private final PolicyBundle bundles;
  private final RuleVersions versions;
  private final Compliance compliance;

  ReleasesApi(
      Publications publications,
      PolicyBundle bundles,
      RuleVersions versions,
      Compliance compliance) {
    this.publications = publications;
    this.bundles = bundles;
    this.versions = versions;
    this.compliance = compliance;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/rollout",
                "getRollout",
                "How many devices that report hold which list, and how many the newest")
            .answers(200, ROLLOUT)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::rollout),
        Operation.get(
                "/policies/{serial}/description",
                "describePolicy",
                "One list: its digests, who signed it, and what it made different")
            .with(Parameter.path("serial", new Schema.Whole(1, Long.MAX_VALUE), "The serial."))
            .answers(200, RELEASE)
            .refuses(404, 409)
            .may(Role.VIEWER)
            .does(Reach.APART, this::description));
  }

  private HttpResponse rollout(Call call) {
    var devices = compliance.within(call.session().scope()).reaching().holding();
    var newest = publications.newest().map(Published::serial).orElse(0L);
    var json =
        Json.object()
            .put("serial", newest)
            .put("reporting", devices.values().stream().mapToLong(Long::longValue).sum())
            .put("verified", newest == 0 ? 0 : devices.getOrDefault(newest, 0L));
    return HttpResponse.json(
        200,
        SERIALS
            .putLast(
                json,
                List.copyOf(devices.entrySet()),
                each ->
                    Json.object()
                        .put("serial", each.getKey())
                        .put("devices", each.getValue())
                        .build())
            .build());
  }

  private HttpResponse description(Call call) {
    var serial = call.number("serial", 0);
    var one =
        publications.list().stream()
            .filter(each -> each.serial() == serial)
            .findAny()
            .orElseThrow(() ->
                Problem.missing(Sentence.of("release.none", "there is no serial %s", serial)));
    var document = publications.document(serial).orElseThrow();
    try {
      var json =
          Json.object()
              .put("serial", serial)
              .put("begun", one.begunAt().toString())
              .put("shown", Answers.text(one.shownAt()))
              .put("actor", one.actor())
              .put("changes", one.summary())
              .put("bytes", document.length)
              .put("sha256", one.sha256())
              .put("sha512", sha512(document))
              .put("signed-by", Json.texts(bundles.signers(serial)));
      return HttpResponse.json(
          200, RULES.put(json, versions.by(serial), ReleasesApi::json).build());
    } catch (RepositoryException e) {
      throw Problem.refused(
          409, "trust", "The signed repository does not verify.", String.valueOf(e.getMessage()));
    }
  }

  /// A second digest, for whoever compares copies by hand.
  private static String sha512(byte[] document) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(document));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  private static Json json(RuleVersions.Changed changed) {
    var json =
        Json.object()
            .put("rule", changed.rule().value())
            .put("change", Fields.written(changed.version().kind()));
    return VersionsApi.difference(json, changed.version()).build();
  }
}
