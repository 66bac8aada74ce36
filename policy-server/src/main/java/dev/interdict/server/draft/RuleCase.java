package dev.interdict.server.draft;

import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.policy.Residue;
import dev.interdict.policy.Subject;
import dev.interdict.policy.Subject.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One case of a rule's test: things as a workstation could hold them, and what the rule must say
/// of each.
///
/// @param file where it was read, for people
/// @param items at least one
public record RuleCase(String file, String name, List<Subject> items, Expected expected) {

  /// Stands in for an item that could not be read.
  private static final Subject NOTHING = new Subject.OfVariable("");

  /// What the rule must say.
  public enum Expected {
    MATCH,
    NO_MATCH,
    /// What would decide it is not known: reported, never acted upon.
    UNCERTAIN,
    /// Matched, but protected: the replacement or protected software.
    SPARED
  }

  public RuleCase {
    items = List.copyOf(items);
  }

  /// The cases of a file (`cases: [{name, expect, items}]`); what is wrong with it goes to
  /// `findings`.
  public static List<RuleCase> read(YamlFile file, List<Finding> findings) {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(file.json(), faults);
    var cases = fields.list("cases", (item, at) -> one(file.name(), Fields.of(item, at, faults)));
    if (cases.isEmpty() && faults.isEmpty()) {
      fields.fault(
          "cases", "lists no case; write cases: [{name: ..., expect: match, items: [...]}]");
    }
    fields.end();
    faults.forEach(fault ->
        findings.add(
            new Finding(
                file.name(),
                file.places().of(fault.pointer()),
                FaultCodes.of(fault, file.json()),
                fault.message())));
    return faults.isEmpty() ? cases : List.of();
  }

  private static RuleCase one(String file, Fields fields) {
    var items = fields.list("items", (item, at) -> item(Fields.of(item, at, fields.faults())));
    if (items.isEmpty()) {
      fields.fault("items", "lists nothing; write such as - package: pkg:npm/name@1.0.0");
    }
    var result =
        new RuleCase(file, fields.text("name"), items, fields.choice("expect", Expected.class));
    fields.end();
    return result;
  }

  private static Subject item(Fields fields) {
    var kinds =
        List.of(
            "package",
            "extension",
            "application",
            "program",
            "model",
            "variable",
            "container",
            "residue");
    var kind = kinds.stream().filter(fields::has).findFirst().orElse("package");
    var subject =
        switch (kind) {
          case "package" ->
              fields.<Subject>parsed(
                  kind, text -> new Subject.OfPackage(PackageUrl.parse(text)), NOTHING);
          case "extension" -> extension(fields.object(kind));
          case "application" -> application(fields.object(kind));
          case "program" -> program(fields.object(kind));
          case "model" -> model(fields.object(kind));
          case "container" -> new Subject.OfContainer(fields.text(kind));
          case "residue" -> residue(fields.object(kind));
          default -> new Subject.OfVariable(fields.text(kind));
        };
    fields.end();
    return subject;
  }

  private static Subject extension(Fields fields) {
    var host = only(fields);
    return new Subject.OfExtension(host, fields.has(host) ? fields.text(host) : "");
  }

  private static Subject application(Fields fields) {
    var platform = only(fields);
    return new Subject.OfApplication(platform, fields.has(platform) ? fields.text(platform) : "");
  }

  private static String only(Fields fields) {
    var names = List.copyOf(fields.names());
    if (names.size() != 1) {
      fields
          .faults()
          .add(new Fault(fields.pointer(), "must hold one identifier, such as vscode: a.b"));
      return "";
    }
    return names.getFirst();
  }

  private static Subject program(Fields fields) {
    var home = fields.optionalText("home");
    var system = fields.optionalText("system");
    var sha256 = fields.optionalText("sha256");
    var signer = fields.optionalText("signer");
    var unsigned = fields.flag("unsigned", false);
    fields.end();
    if (home == null && system == null) {
      fields.faults().add(new Fault(fields.pointer(), "needs a place: \"home\" or \"system\""));
      return NOTHING;
    }
    var signature =
        signer != null
            ? new Signature.By(signer)
            : unsigned ? new Signature.Unsigned() : new Signature.NotRead();
    return new Subject.OfProgram(home, system, sha256, signature);
  }

  private static Subject model(Fields fields) {
    var model = new Subject.OfModel(fields.text("tool"), fields.text("name"));
    fields.end();
    return model;
  }

  private static Subject residue(Fields fields) {
    var kind = only(fields);
    var known =
        Stream.of(Residue.values()).filter(residue -> residue.written().equals(kind)).findFirst();
    if (known.isEmpty()) {
      fields
          .faults()
          .add(
              new Fault(
                  fields.pointer(),
                  "must be one of " + Stream.of(Residue.values()).map(Residue::written).toList()));
      return NOTHING;
    }
    return new Subject.OfResidue(known.get(), fields.text(kind));
  }
}
