package dev.interdict.identity;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What one package type asks of a package URL's parts (purl-spec, `types/`). A type that is not
/// listed takes its parts as they are. Scoop and winget have no type there; their names fold case
/// as Windows does.
record PackageType(
    Namespace namespace,
    UnaryOperator<String> namespaceForm,
    UnaryOperator<String> nameForm,
    UnaryOperator<String> versionForm) {

  enum Namespace {
    REQUIRED,
    OPTIONAL,
    NONE
  }

  private static final UnaryOperator<String> LOWER = Ascii::lower;
  private static final UnaryOperator<String> AS_IS = UnaryOperator.identity();

  private static final PackageType UNLISTED =
      new PackageType(Namespace.OPTIONAL, AS_IS, AS_IS, AS_IS);
  private static final PackageType FOLDED =
      new PackageType(Namespace.OPTIONAL, LOWER, LOWER, AS_IS);

  private static final Map<String, PackageType> LISTED =
      Map.ofEntries(
          Map.entry("alpm", FOLDED),
          Map.entry("apk", FOLDED),
          Map.entry("bitbucket", new PackageType(Namespace.REQUIRED, LOWER, LOWER, AS_IS)),
          Map.entry("brew", new PackageType(Namespace.OPTIONAL, AS_IS, LOWER, AS_IS)),
          Map.entry("cargo", new PackageType(Namespace.NONE, AS_IS, AS_IS, AS_IS)),
          Map.entry("chrome-extension", new PackageType(Namespace.NONE, AS_IS, LOWER, AS_IS)),
          Map.entry("chocolatey", new PackageType(Namespace.NONE, AS_IS, LOWER, AS_IS)),
          Map.entry("composer", new PackageType(Namespace.REQUIRED, LOWER, LOWER, AS_IS)),
          Map.entry("conda", new PackageType(Namespace.NONE, AS_IS, LOWER, AS_IS)),
          Map.entry("deb", FOLDED),
          Map.entry("gem", new PackageType(Namespace.NONE, AS_IS, AS_IS, AS_IS)),
          Map.entry("github", new PackageType(Namespace.REQUIRED, LOWER, LOWER, AS_IS)),
          Map.entry("golang", FOLDED),
          Map.entry("hex", FOLDED),
          Map.entry("huggingface", new PackageType(Namespace.OPTIONAL, AS_IS, AS_IS, LOWER)),
          Map.entry("npm", new PackageType(Namespace.OPTIONAL, PackageType::scope, LOWER, AS_IS)),
          Map.entry("nuget", new PackageType(Namespace.NONE, AS_IS, AS_IS, AS_IS)),
          Map.entry("pypi", new PackageType(Namespace.NONE, AS_IS, PackageType::pep503, LOWER)),
          Map.entry("rpm", new PackageType(Namespace.OPTIONAL, LOWER, AS_IS, AS_IS)),
          Map.entry("scoop", new PackageType(Namespace.NONE, AS_IS, LOWER, AS_IS)),
          Map.entry("vscode-extension", new PackageType(Namespace.REQUIRED, LOWER, LOWER, LOWER)),
          Map.entry("winget", new PackageType(Namespace.NONE, AS_IS, LOWER, AS_IS)));

  /// Names that earlier drafts of the specification gave to types registered since.
  private static final Map<String, String> RENAMED =
      Map.of("chrome", "chrome-extension", "vscode", "vscode-extension");

  private static final Set<String> VENDORED = Set.of("alpm", "apk", "deb", "rpm");

  static PackageType of(String canonicalType) {
    return LISTED.getOrDefault(canonicalType, UNLISTED);
  }

  /// The canonical spelling of a type.
  ///
  /// @throws IllegalArgumentException if it is not letters, digits, `.` and `-` after a letter
  static String canonical(String type) {
    if (type.isEmpty() || !Ascii.isLetter(type.charAt(0)) || !Ascii.consistsOf(type, ".-")) {
      throw new IllegalArgumentException(
          "the type must be letters, digits, \".\" and \"-\" after a letter, is \"%s\""
              .formatted(Printable.of(type)));
    }
    var lower = Ascii.lower(type);
    return RENAMED.getOrDefault(lower, lower);
  }

  /// Whether the type's namespace only says which distribution built the package.
  static boolean hasVendorNamespace(String canonicalType) {
    return VENDORED.contains(canonicalType);
  }

  private static String scope(String namespace) {
    if (!namespace.startsWith("@") || namespace.length() == 1 || namespace.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "an npm namespace is one scope that begins with @ (written %%40), is \"%s\""
              .formatted(Printable.of(namespace)));
    }
    return Ascii.lower(namespace);
  }

  /// PEP 503: lower-case, each run of `-`, `_` and `.` one dash.
  private static String pep503(String name) {
    var out = new StringBuilder(name.length());
    for (var c : Ascii.lower(name).toCharArray()) {
      var dash = c == '-' || c == '_' || c == '.';
      if (!dash) {
        out.append(c);
      } else if (out.isEmpty() || out.charAt(out.length() - 1) != '-') {
        out.append('-');
      }
    }
    return out.toString();
  }
}
