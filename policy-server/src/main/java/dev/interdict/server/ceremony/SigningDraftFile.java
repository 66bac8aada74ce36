package dev.interdict.server.ceremony;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.ceremony.SigningDraft.Document;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraft.RuleReach;
import dev.interdict.trust.DurableFile;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A [SigningDraft] in one file that goes from machine to machine: JSON, the signed files in it as
/// Base64 of their exact bytes. Read strictly; reading says nothing about whether to believe it.
public final class SigningDraftFile {
  private static final int FORMAT = 1;
  private static final int MOST_BYTES = 64 << 20;

  /// Whole files stand in one text; everything else is as short as elsewhere.
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 8, 8 << 20, 100_000, false);

  private SigningDraftFile() {}

  /// @throws IOException if the file cannot be read or is no draft; the message says which
  public static SigningDraft read(Path file) throws IOException {
    var bytes = DurableFile.read(file, MOST_BYTES);
    if (bytes == null) {
      throw new NoSuchFileException(file.toString());
    }
    try {
      return read(bytes);
    } catch (JsonException | RepositoryException e) {
      throw new IOException(file + " is no draft to sign: " + e.getMessage(), e);
    }
  }

  /// Puts the draft there whole, in place of what is there.
  public static void write(Path file, SigningDraft draft) throws IOException {
    DurableFile.write(file, write(draft));
  }

  /// The file's bytes.
  public static byte[] write(SigningDraft draft) {
    var before = new ArrayList<Json>();
    draft.before().forEach((role, blob) -> before.add(file(role, blob)));
    var next = new ArrayList<Json>();
    draft.next().forEach((role, signed) -> next.add(file(role, new Blob(signed.bytes()))));
    return JsonWriter.pretty(
        Json.object()
            .put("format", FORMAT)
            .put("kind", Fields.written(draft.kind()))
            .put("made-by", draft.madeBy())
            .put("made-at", draft.madeAt().toString())
            .put("roots", Json.texts(draft.roots().stream().map(Blob::base64).toList()))
            .put("before", before)
            .put("next", next)
            .put("document", draft.document() == null ? null : document(draft.document()))
            .put("reach", draft.reach().stream().map(SigningDraftFile::reach).toList())
            .build());
  }

  private static Json file(RoleName role, Blob blob) {
    return Json.object().put("role", role.value()).put("file", blob.base64()).build();
  }

  private static Json document(Document document) {
    return Json.object()
        .put("path", document.path())
        .put("before", document.before() == null ? null : document.before().base64())
        .put("next", document.next().base64())
        .build();
  }

  private static Json reach(RuleReach reach) {
    return Json.object()
        .put("rule", reach.rule())
        .put("matched", reach.matched() == null ? null : new Json.Int(reach.matched()))
        .put("looked", reach.looked())
        .put("exempt", reach.exempt())
        .put("unreadable", reach.unreadable())
        .put("enrolled", reach.enrolled())
        .put("as-of", reach.asOf() == null ? null : reach.asOf().toString())
        .build();
  }

  /// The draft in a file's bytes.
  ///
  /// @throws JsonException if they are no draft
  /// @throws RepositoryException if what is signed in it is malformed
  public static SigningDraft read(byte[] bytes) throws JsonException, RepositoryException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    fields.integer("format", FORMAT, FORMAT);
    var kind = fields.choice("kind", Kind.class);
    var madeBy = fields.text("made-by");
    var madeAt = fields.parsed("made-at", SigningDraftFile::instant, Instant.EPOCH);
    var roots = fields.list("roots", (item, at) -> blob(item, at, faults));
    var before = new LinkedHashMap<RoleName, Blob>();
    fields.list("before", (item, at) -> file(Fields.of(item, at, faults), before));
    var unsigned = new LinkedHashMap<RoleName, Blob>();
    fields.list("next", (item, at) -> file(Fields.of(item, at, faults), unsigned));
    var written = fields.optionalObject("document");
    var document = written == null ? null : document(written);
    var reach = fields.list("reach", (item, at) -> reach(Fields.of(item, at, faults)));
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    var next = new LinkedHashMap<RoleName, SignedFile>();
    for (var entry : unsigned.entrySet()) {
      var what = "the new metadata of role " + entry.getKey().encoded();
      next.put(entry.getKey(), SignedFile.read(entry.getValue().bytes(), what));
    }
    return new SigningDraft(kind, madeBy, madeAt, roots, before, next, document, reach);
  }

  private static RoleName file(Fields fields, LinkedHashMap<RoleName, Blob> into) {
    var role = fields.parsed("role", RoleName::new, RoleName.TARGETS);
    if (into.put(role, fields.parsed("file", SigningDraftFile::base64, EMPTY)) != null) {
      fields.fault("role", "appears twice");
    }
    fields.end();
    return role;
  }

  private static Document document(Fields fields) {
    var document =
        new Document(
            fields.text("path"),
            fields.has("before") ? fields.parsed("before", SigningDraftFile::base64, EMPTY) : null,
            fields.parsed("next", SigningDraftFile::base64, EMPTY));
    fields.end();
    return document;
  }

  private static RuleReach reach(Fields fields) {
    var most = 1L << 40;
    var reach =
        new RuleReach(
            fields.text("rule"),
            fields.has("matched") ? fields.integer("matched", 0, most) : null,
            fields.integer("looked", 0, most),
            fields.integer("exempt", 0, most),
            fields.integer("unreadable", 0, most),
            fields.integer("enrolled", 0, most),
            fields.has("as-of")
                ? fields.parsed("as-of", SigningDraftFile::instant, Instant.EPOCH)
                : null);
    fields.end();
    return reach;
  }

  private static final Blob EMPTY = new Blob(new byte[0]);

  private static Blob blob(Json item, String at, List<Fault> faults) {
    try {
      if (item instanceof Json.Text(var text)) {
        return base64(text);
      }
      faults.add(new Fault(at, "must be a string"));
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(at, String.valueOf(e.getMessage())));
    }
    return EMPTY;
  }

  private static Blob base64(String text) {
    try {
      return Blob.ofBase64(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be Base64", e);
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("is no instant", e);
    }
  }
}
