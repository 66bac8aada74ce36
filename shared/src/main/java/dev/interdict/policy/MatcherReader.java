package dev.interdict.policy;

import dev.interdict.identity.Ascii;
import dev.interdict.identity.Glob;
import dev.interdict.identity.PackageUrl;
import dev.interdict.identity.VersionRange;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one entry of a rule's `match` list: an object with exactly one kind.
final class MatcherReader {
  private static final Set<String> KINDS =
      Set.of(
          "package",
          "application",
          "extension",
          "program",
          "process",
          "model-use",
          "environment",
          "container",
          "residue");
  private static final Set<String> PLATFORMS =
      Set.of("macos", "windows-family", "windows-uninstall", "desktop-id");
  private static final Set<String> HOSTS = Set.of("vscode", "jetbrains", "chrome", "firefox");
  private static final Matcher NONE = new Matcher.EnvironmentVariables(List.of());

  private MatcherReader() {}

  static Matcher read(Json json, String pointer, List<Fault> faults) {
    var fields = Fields.of(json, pointer, faults);
    var kinds = new TreeSet<>(KINDS);
    kinds.removeIf(kind -> !fields.has(kind));
    if (kinds.size() != 1) {
      faults.add(
          new Fault(
              pointer,
              "must hold exactly one of "
                  + String.join(", ", new TreeSet<>(KINDS))
                  + (kinds.isEmpty() ? "" : ", holds " + String.join(" and ", kinds))));
      fields.end();
      return NONE;
    }
    var matcher =
        switch (kinds.first()) {
          case "package" -> ofPackage(fields);
          case "application" ->
              new Matcher.OfApplication(ids(fields.object("application"), PLATFORMS));
          case "extension" -> new Matcher.OfExtension(ids(fields.object("extension"), HOSTS));
          case "program" -> ofProgram(fields.object("program"));
          case "process" -> ofProcess(fields.object("process"));
          case "model-use" -> modelUse(fields.object("model-use"));
          case "container" -> containers(fields.object("container"));
          case "residue" -> remains(fields.object("residue"));
          default -> environment(fields.object("environment"));
        };
    fields.end();
    return matcher;
  }

  private static Matcher ofPackage(Fields fields) {
    var purl = nullable(fields, "package", PackageUrl::parse);
    var versions =
        fields.has("versions") ? nullable(fields, "versions", VersionRange::parse) : null;
    if (purl == null) {
      return NONE;
    }
    if (!purl.version().isEmpty()) {
      fields.fault("package", "names one version; leave it out and write \"versions\" for a range");
    }
    return new Matcher.OfPackage(purl, versions);
  }

  private static Map<String, String> ids(Fields fields, Set<String> keys) {
    var ids = new LinkedHashMap<String, String>();
    for (var key : new TreeSet<>(keys)) {
      var id = fields.optionalText(key);
      if (id != null) {
        ids.put(key, key.equals("vscode") ? Ascii.lower(id) : id);
      }
    }
    fields.end();
    if (ids.isEmpty()) {
      fields.faults().add(new Fault(fields.pointer(), "names none of " + new TreeSet<>(keys)));
    }
    return ids;
  }

  private static Matcher ofProgram(Fields fields) {
    var home = fields.has("home") ? nullable(fields, "home", MatcherReader::homeGlob) : null;
    var system =
        fields.has("system") ? nullable(fields, "system", MatcherReader::systemGlob) : null;
    var digests = new HashSet<>(fields.texts("sha256"));
    for (var digest : digests) {
      if (!digest.matches("[0-9a-f]{64}")) {
        fields.fault("sha256", "\"" + digest + "\" is no SHA-256 digest; write 64 of 0-9 and a-f");
      }
    }
    var signer = fields.optionalText("signer");
    fields.end();
    if (!fields.has("home") && !fields.has("system") && digests.isEmpty()) {
      fields
          .faults()
          .add(new Fault(fields.pointer(), "needs a place (\"home\" or \"system\") or \"sha256\""));
    }
    return new Matcher.OfProgram(home, system, digests, signer);
  }

  private static Glob homeGlob(String text) {
    if (text.startsWith("/") || text.startsWith("~")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" must be relative to the home; write .local/share/… without ~/");
    }
    return specific(Glob.of(text));
  }

  private static Glob systemGlob(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("\"" + text + "\" must be absolute; write /opt/…");
    }
    return specific(Glob.of(text));
  }

  private static Glob specific(Glob glob) {
    if (glob.matchesEverything()) {
      throw new IllegalArgumentException("matches everything; name the program's own folder");
    }
    return glob;
  }

  private static Matcher ofProcess(Fields fields) {
    fields.parsed(
        "executable-of",
        text -> {
          if (!text.equals("matched")) {
            throw new IllegalArgumentException("\"" + text + "\" is unknown; write matched");
          }
          return text;
        },
        "");
    fields.end();
    return new Matcher.OfProcess();
  }

  private static Matcher modelUse(Fields fields) {
    var models = globs(fields, "models");
    var tools = fields.texts("tools");
    fields.end();
    return new Matcher.ModelUse(models, tools);
  }

  private static Matcher environment(Fields fields) {
    var names = fields.texts("variables");
    fields.end();
    return new Matcher.EnvironmentVariables(names);
  }

  private static Matcher containers(Fields fields) {
    var references = globs(fields, "references");
    fields.end();
    return new Matcher.Containers(references);
  }

  private static Matcher remains(Fields fields) {
    var ids = new EnumMap<Residue, Glob>(Residue.class);
    for (var kind : Residue.values()) {
      if (fields.has(kind.written())) {
        var glob = nullable(fields, kind.written(), text -> specific(Glob.of(text)));
        if (glob != null) {
          ids.put(kind, glob);
        }
      }
    }
    if (ids.isEmpty()) {
      fields
          .faults()
          .add(
              new Fault(
                  fields.pointer(),
                  "names none of " + Stream.of(Residue.values()).map(Residue::written).toList()));
    }
    fields.end();
    return new Matcher.Remains(ids);
  }

  private static List<Glob> globs(Fields fields, String name) {
    return fields.list(
        name,
        (item, at) -> {
          try {
            return specific(Glob.of(item instanceof Json.Text(var text) ? text : ""));
          } catch (IllegalArgumentException e) {
            fields.faults().add(new Fault(at, String.valueOf(e.getMessage())));
            return Glob.of("-");
          }
        });
  }

  private static <T> @Nullable T nullable(Fields fields, String name, Function<String, T> parse) {
    return fields
        .<java.util.Optional<T>>parsed(
            name, text -> java.util.Optional.of(parse.apply(text)), java.util.Optional.empty())
        .orElse(null);
  }
}
