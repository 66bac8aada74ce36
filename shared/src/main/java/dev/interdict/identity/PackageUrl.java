package dev.interdict.identity;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A package's identity across ecosystems: a package URL (ECMA-427) in canonical form.
///
/// Parts are held decoded and normalised by their type's rules, so that equal values mean equal
/// packages and [#toString] is canonical. A part that is absent is the empty text, never null.
/// Names and versions from user-controlled files may hold any Unicode text: [#toString] encodes it,
/// the parts themselves are to be shown through [Printable].
///
/// @param namespace segments joined by `/`; for npm the scope with its `@`
/// @param qualifiers sorted by key, none of them empty
public record PackageUrl(
    String type,
    String namespace,
    String name,
    String version,
    Map<String, String> qualifiers,
    String subpath) {

  private static final int MAX_LENGTH = 4096;

  /// @throws IllegalArgumentException if a part is not what the specification or the type allows
  public PackageUrl {
    type = PackageType.canonical(type);
    var rules = PackageType.of(type);
    namespace = segments(namespace, UnaryOperator.identity());
    if (!namespace.isEmpty() && rules.namespace() == PackageType.Namespace.NONE) {
      throw new IllegalArgumentException("a %s package has no namespace".formatted(type));
    }
    if (namespace.isEmpty() && rules.namespace() == PackageType.Namespace.REQUIRED) {
      throw new IllegalArgumentException("a %s package needs a namespace".formatted(type));
    }
    namespace = namespace.isEmpty() ? "" : rules.namespaceForm().apply(namespace);
    name = rules.nameForm().apply(name);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name is empty");
    }
    version = rules.versionForm().apply(version);
    qualifiers = canonicalQualifiers(qualifiers);
    subpath = segments(subpath, segment -> isDots(segment) ? "" : segment);
    if (mustBeTried(namespace, name, version, qualifiers, subpath)
        && text(type, namespace, name, version, qualifiers, subpath).length() > MAX_LENGTH) {
      throw new IllegalArgumentException("longer than %d characters".formatted(MAX_LENGTH));
    }
  }

  /// Whether the text must be made to know that it can be written and is not too long. Short ASCII
  /// parts, of which each character is three at most once it is encoded, always can.
  private static boolean mustBeTried(
      String namespace,
      String name,
      String version,
      Map<String, String> qualifiers,
      String subpath) {
    var parts = namespace + name + version + subpath;
    return !qualifiers.isEmpty()
        || parts.length() > MAX_LENGTH / 4
        || !parts.chars().allMatch(c -> c < 0x80);
  }

  /// A package without version, qualifiers and subpath.
  public static PackageUrl of(String type, String namespace, String name) {
    return new PackageUrl(type, namespace, name, "", Map.of(), "");
  }

  /// The npm package of that name as `package.json` writes it: `name` or `@scope/name`.
  public static PackageUrl npm(String packageName) {
    var slash = packageName.startsWith("@") ? packageName.indexOf('/') : -1;
    return slash < 0
        ? of("npm", "", packageName)
        : of("npm", packageName.substring(0, slash), packageName.substring(slash + 1));
  }

  /// The editor extension of that id, `publisher.name`, in whatever case.
  public static PackageUrl vscodeExtension(String id) {
    var dot = id.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException(
          "an extension id is publisher.name, is \"%s\"".formatted(Printable.of(id, 200)));
    }
    return of("vscode-extension", id.substring(0, dot), id.substring(dot + 1));
  }

  /// Reads a package URL. What the specification lets a reader repair silently and what could widen
  /// a rule by a slip (an empty version, a scope's bare `@`) is refused.
  ///
  /// @throws IllegalArgumentException with the reason and the text
  public static PackageUrl parse(String text) {
    try {
      return PackageUrlReader.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a package URL: %s: %s".formatted(e.getMessage(), Printable.of(text, 200)), e);
    }
  }

  public PackageUrl withVersion(String newVersion) {
    return new PackageUrl(type, namespace, name, newVersion, qualifiers, subpath);
  }

  public PackageUrl withQualifier(String key, String value) {
    var more = new TreeMap<>(qualifiers);
    more.put(key, value);
    return new PackageUrl(type, namespace, name, version, more, subpath);
  }

  /// Equality in everything but the version.
  public boolean sameProduct(PackageUrl other) {
    return withVersion("").equals(other.withVersion(""));
  }

  /// Whether this, as a rule writes it, means that installed package: all that is stated here holds
  /// there, and what is not stated here (version, qualifiers, subpath) may be anything there. The
  /// vendor of a Linux distribution's package may be left unstated too; any other namespace is part
  /// of the name.
  public boolean covers(PackageUrl installed) {
    return type.equals(installed.type)
        && name.equals(installed.name)
        && (namespace.equals(installed.namespace)
            || (namespace.isEmpty() && PackageType.hasVendorNamespace(type)))
        && (version.isEmpty()
            || scheme().compare(comparableVersion(), installed.comparableVersion()) == 0)
        && installed.qualifiers.entrySet().containsAll(qualifiers.entrySet())
        && (subpath.isEmpty() || subpath.equals(installed.subpath));
  }

  /// How versions of this type are ordered.
  public VersionScheme scheme() {
    return VersionScheme.of(type);
  }

  /// The version as [#scheme] reads it: an rpm's epoch, a qualifier here, stands before it again.
  public String comparableVersion() {
    var epoch = type.equals("rpm") && !version.isEmpty() ? qualifiers.get("epoch") : null;
    return epoch == null ? version : epoch + ":" + version;
  }

  /// The canonical text.
  @Override
  public String toString() {
    return text(type, namespace, name, version, qualifiers, subpath);
  }

  private static String text(
      String type,
      String namespace,
      String name,
      String version,
      Map<String, String> qualifiers,
      String subpath) {
    var out = new StringBuilder("pkg:").append(type).append('/');
    if (!namespace.isEmpty()) {
      out.append(segments(namespace, PackageUrl::encode)).append('/');
    }
    out.append(encode(name));
    if (!version.isEmpty()) {
      out.append('@').append(encode(version));
    }
    if (!qualifiers.isEmpty()) {
      // The specification sorts whole pairs: "a-b=" comes before "a=".
      out.append(
          qualifiers.entrySet().stream()
              .map(pair -> pair.getKey() + "=" + encode(pair.getValue()))
              .sorted()
              .collect(Collectors.joining("&", "?", "")));
    }
    if (!subpath.isEmpty()) {
      out.append('#').append(segments(subpath, PackageUrl::encode));
    }
    return out.toString();
  }

  private static Map<String, String> canonicalQualifiers(Map<String, String> given) {
    var qualifiers = new TreeMap<String, String>();
    given.forEach((key, value) -> {
      if (key.isEmpty() || !Ascii.isLetter(key.charAt(0)) || !Ascii.consistsOf(key, ".-_")) {
        throw new IllegalArgumentException(
            "a qualifier's key must be letters, digits, \".\", \"-\" and \"_\" after a letter,"
                + " is \"%s\"".formatted(Printable.of(key, 200)));
      }
      if (!value.isEmpty() && qualifiers.put(Ascii.lower(key), value) != null) {
        throw new IllegalArgumentException("the qualifier \"%s\" is there twice".formatted(key));
      }
    });
    return Collections.unmodifiableSortedMap(qualifiers);
  }

  private static String segments(String path, UnaryOperator<String> form) {
    return Arrays.stream(path.split("/"))
        .map(form)
        .filter(segment -> !segment.isEmpty())
        .collect(Collectors.joining("/"));
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static String encode(String text) {
    return Percent.encode(text, ":");
  }
}
