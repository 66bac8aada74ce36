package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.ListDifference;
import dev.interdict.server.ceremony.Requirement;
import dev.interdict.server.ceremony.RuleChange;
import dev.interdict.server.ceremony.SigningDraft.Document;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.ceremony.TrustDifference;
import dev.interdict.server.store.Secrets;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Targets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A draft that came back from its signers, verified: what it would change, who has signed it, and
/// who still must.
final class SignedDraftJson {
  /// More than a list that people have read holds.
  private static final int MOST_CHANGES = 10_000;

  /// More keys than a role has, and more roles than a repository.
  private static final int MOST_KEYS = 200;

  private static final Excerpt LINES =
      new Excerpt(
          "lines",
          Schema.named(
              "SignedLine",
              needs("path", Schema.any()),
              needs("text", Schema.any()),
              needs("warning", Schema.any())),
          MOST_CHANGES);

  private static final Excerpt CHANGES =
      new Excerpt(
          "changes",
          Schema.named(
              "SignedChange",
              needs("subject", Schema.any()),
              needs("kind", Schema.words("added", "changed", "removed", "collection", "keys")),
              LINES.rows(),
              LINES.leftOut()),
          MOST_CHANGES);

  private static final Excerpt SIGNED = new Excerpt("signed", Schema.any(), MOST_KEYS);
  private static final Excerpt MAY_SIGN = new Excerpt("may-sign", Schema.any(), MOST_KEYS);

  private static final Excerpt SIGNATURES =
      new Excerpt(
          "signatures",
          Schema.named(
              "SignatureState",
              needs("role", Schema.any()),
              needs("whose", Schema.any()),
              needs("threshold", Schema.count()),
              needs("missing", Schema.count()),
              SIGNED.rows(),
              SIGNED.leftOut(),
              MAY_SIGN.rows(),
              MAY_SIGN.leftOut()),
          MOST_KEYS);

  private static final Excerpt DIGESTS =
      new Excerpt(
          "digests",
          Schema.named("DigestToSign", needs("role", Schema.any()), needs("sha256", Schema.any())),
          MOST_KEYS);

  static final Schema.Named SCHEMA =
      Schema.named(
          "SignedDraft",
          needs("kind", Schema.words("blocklist", "trust")),
          needs("made-by", Schema.any()),
          needs("made-at", Schema.instant()),
          needs("root", Schema.count()),
          may("serial", Schema.count()),
          may("serial-before", Schema.count()),
          needs("complete", new Schema.Flag()),
          needs("until", Schema.instant()),
          may("withdrawn", Schema.any()),
          CHANGES.rows(),
          CHANGES.leftOut(),
          SIGNATURES.rows(),
          SIGNATURES.leftOut(),
          DIGESTS.rows(),
          DIGESTS.leftOut(),
          needs("file", Schema.any()));

  private SignedDraftJson() {}

  /// @param withdrawn that somebody took it back, in words; null where nobody did
  /// @throws JsonException if a list in it is not understood
  static Json.Obj of(Inspected inspected, @Nullable String withdrawn) throws JsonException {
    var draft = inspected.draft();
    var json =
        Json.object()
            .put("kind", Fields.written(draft.kind()))
            .put("made-by", draft.madeBy())
            .put("made-at", draft.madeAt().toString())
            .put("root", inspected.root().version())
            .put("complete", inspected.complete())
            .put("until", until(inspected).toString())
            .put("withdrawn", withdrawn);
    var document = draft.document();
    var changes = document == null ? keys(inspected) : list(document, json);
    CHANGES.put(json, changes, change -> change);
    SIGNATURES.put(json, inspected.requirements(), SignedDraftJson::signatures);
    DIGESTS.put(
        json,
        List.copyOf(draft.next().entrySet()),
        each ->
            Json.object()
                .put("role", each.getKey().value())
                .put("sha256", Secrets.hash(each.getValue().payload()))
                .build());
    return json.put(
            "file", new String(SigningDraftFile.write(inspected.valid()), StandardCharsets.UTF_8))
        .build();
  }

  /// The first end of what is signed: from then on nobody would believe it newly.
  private static Instant until(Inspected inspected) {
    var ends = inspected.next().values().stream().map(Targets::expires);
    var root = inspected.nextRoot();
    return Stream.concat(ends, Stream.ofNullable(root).map(Root::expires))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static List<Json> list(Document document, Json.Builder json) throws JsonException {
    var before = document.before();
    json.put("serial", Blocklist.read(document.next().bytes()).serial());
    json.put("serial-before", before == null ? 0 : Blocklist.read(before.bytes()).serial());
    var changes = new ArrayList<Json>();
    var ceiling = ListDifference.ofCollection(before, document.next());
    if (!ceiling.isEmpty()) {
      changes.add(change("", "collection", ceiling));
    }
    for (var change : ListDifference.of(before, document.next())) {
      changes.add(change(change.id(), Fields.written(change.kind()), change.lines()));
    }
    return changes;
  }

  private static List<Json> keys(Inspected inspected) {
    return TrustDifference.of(inspected).stream()
        .map(change ->
            change(
                change.role(),
                "keys",
                change.lines().stream().map(line -> new RuleChange.Line("", line, "")).toList()))
        .toList();
  }

  private static Json change(String subject, String kind, List<RuleChange.Line> lines) {
    var json = Json.object().put("subject", subject).put("kind", kind);
    return LINES
        .put(
            json,
            lines,
            line ->
                Json.object()
                    .put("path", line.path())
                    .put("text", line.text())
                    .put("warning", line.warning())
                    .build())
        .build();
  }

  private static Json signatures(Requirement requirement) {
    var signed = requirement.signed();
    var others = requirement.keys().keys().stream().filter(key -> !signed.contains(key)).toList();
    var json =
        Json.object()
            .put("role", requirement.role().value())
            .put("whose", requirement.whose())
            .put("threshold", requirement.keys().threshold())
            .put("missing", requirement.missing());
    SIGNED.put(json, signed, SignedDraftJson::id);
    return MAY_SIGN.put(json, others, SignedDraftJson::id).build();
  }

  private static Json id(TufKey key) {
    return new Json.Text(key.id().value());
  }
}
