package dev.interdict.evidence;

import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Residue;
import dev.interdict.policy.Subject;
import java.util.ArrayList;
import java.util.List;

/// Reads of an inventory (`interdict-agent scan --output json`, format 1) what a rule can be asked
/// about. What a newer agent adds is passed over: this is for trying a rule out, and nothing is
/// acted upon.
public final class InventoryDocument {
  /// The format this version reads.
  public static final int FORMAT = 1;

  private static final Subject UNREAD = new Subject.OfVariable("-");

  private final List<Fault> faults = new ArrayList<>();

  private InventoryDocument() {}

  /// Whether the document claims to be an inventory.
  public static boolean is(Json document) {
    return document instanceof Json.Obj object
        && object.get("items") != null
        && object.get("homes") != null;
  }

  /// The installations that the inventory lists. Its running processes are not among them.
  ///
  /// @throws JsonException if it is no inventory of this format
  public static List<Evidence> read(Json document) throws JsonException {
    var reader = new InventoryDocument();
    var fields = Fields.of(document, reader.faults);
    fields.integer("format", FORMAT, FORMAT);
    var evidence = fields.list("items", reader::item);
    if (!reader.faults.isEmpty()) {
      throw new JsonException("not an inventory: " + reader.faults.getFirst());
    }
    return evidence;
  }

  private Evidence item(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var location = fields.text("location");
    var home = fields.optionalText("owner");
    var programs = new ArrayList<Subject>();
    String digest = null;
    for (var part : fields.list("parts", (one, where) -> Fields.of(one, where, faults))) {
      var path = part.text("path");
      var sha256 = part.optionalText("sha256");
      if (part.text("kind").equals("regular") && !part.text("role").equals("launcher")) {
        programs.add(Evidence.program(path, home, sha256));
        digest = path.equals(location) && sha256 != null ? sha256 : digest;
      }
    }
    var identity = fields.object("identity");
    var subject =
        identity.has("program") ? Evidence.program(location, home, digest) : identity(identity);
    return new Evidence(
        fields.text("source"), fields.optionalText("version"), location, subject, programs);
  }

  private static Subject identity(Fields fields) {
    for (var kind : List.of("extension", "application", "model", "residue")) {
      if (fields.has(kind)) {
        var inner = fields.object(kind);
        return switch (kind) {
          case "extension" -> new Subject.OfExtension(inner.text("host"), inner.text("id"));
          case "application" -> new Subject.OfApplication(inner.text("platform"), inner.text("id"));
          case "model" -> new Subject.OfModel(inner.text("tool"), inner.text("name"));
          default -> new Subject.OfResidue(inner.choice("kind", Residue.class), inner.text("id"));
        };
      }
    }
    if (fields.has("variable")) {
      return new Subject.OfVariable(fields.text("variable"));
    }
    if (fields.has("container")) {
      return new Subject.OfContainer(fields.text("container"));
    }
    return fields.<Subject>parsed(
        "package", text -> new Subject.OfPackage(PackageUrl.parse(text)), UNREAD);
  }
}
