package dev.interdict.server.cli.importing;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Template;
import dev.interdict.server.draft.YamlFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// A rule file made of what an export said, with all that a person has to fill in marked.
///
/// Whatever came from the export stands in quotes or made printable in a remark of its own, and can
/// neither add a member nor allow a warning of lint.
///
/// @param content YAML
record RuleFile(RuleId id, String content) {
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_NOTE = 160;

  /// Makes files with ids of their own.
  static final class Naming {
    private final Set<String> taken = new HashSet<>();
    private final String from;

    /// @param from where they come from: the ids begin with it
    Naming(String from) {
      this.from = from;
    }

    RuleId id(String name) {
      var slug =
          name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
      var base = from + (slug.isEmpty() ? "" : "-" + slug);
      var cut = base.substring(0, Math.min(base.length(), 50)).replaceAll("-$", "");
      var id = cut;
      for (var n = 2; !taken.add(id); n++) {
        id = cut + "-" + n;
      }
      return new RuleId(id);
    }
  }

  /// @param product that it comes from, for people
  static RuleFile of(Found.Sketch sketch, RuleId id, String product, Instant now) {
    var name = plain(sketch.name(), LONGEST_NAME);
    var out = new StringBuilder();
    out.append("# Imported from ")
        .append(product)
        .append(". Review all of it before you apply it:\n");
    out.append("# the name, the publisher, the risk, the texts, the replacement and the dates.\n");
    sketch.notes().forEach(note -> out.append("# ").append(plain(note, LONGEST_NOTE)).append('\n'));
    member(out, "id", new Json.Text(id.value()));
    member(out, "name", new Json.Text(name));
    member(out, "publisher", new Json.Text("not known"));
    member(out, "risk", new Json.Text("medium"));
    out.append("reason:\n");
    member(out, "  en", new Json.Text(name + " is not approved for use in this company."));
    member(out, "  zh-CN", new Json.Text(name + " 未获批准在本公司使用。"));
    out.append("replacement:\n");
    member(out, "  name", new Json.Text("Ask the service desk"));
    member(out, "  url", new Json.Text("https://example.com/"));
    out.append("match:\n");
    sketch
        .match()
        .forEach(matcher -> out.append("  - ").append(JsonWriter.line(matcher)).append('\n'));
    member(out, "enforcement", new Json.Text(sketch.enforcement()));
    member(out, "timeline", timeline(id, now));
    if (!sketch.os().isEmpty()) {
      member(out, "scope", Json.object().put("os", Json.texts(sketch.os())).build());
    }
    member(out, "limits", Json.object().put("max-items-per-device", 20).build());
    return new RuleFile(id, out.toString());
  }

  private static void member(StringBuilder out, String name, Json value) {
    out.append(name).append(": ").append(JsonWriter.line(value)).append('\n');
  }

  /// The dates of the template, which lint has nothing to say of.
  private static Json timeline(RuleId id, Instant now) {
    var bytes = Template.rule(id, now).getBytes(StandardCharsets.UTF_8);
    if (YamlFile.read("template", bytes) instanceof YamlFile.Reading.Read(var file)
        && file.json() instanceof Json.Obj rule
        && rule.get("timeline") instanceof Json.Obj timeline) {
      return timeline;
    }
    throw new IllegalStateException("the template has no timeline");
  }

  /// Fit for a line, and no remark that allows a warning of lint.
  private static String plain(String text, int most) {
    var harmless = text.replace('#', ' ').replaceAll("allow(?= R\\d)", "allows");
    return Printable.of(harmless.strip(), most);
  }
}
