package dev.interdict.identity;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How versions are ordered. Each scheme is a total order over all texts and never throws: texts
/// that it does not understand come before all that it does, ordered among themselves by their
/// characters.
///
/// Two different texts may be equal versions (`1.0` and `1.0.0` in [#PYPI]). A text longer than 256
/// characters is not understood.
public enum VersionScheme implements Comparator<String> {
  /// Semantic Versioning 2.0.0, a leading `v` allowed.
  SEMVER(ordering(SemanticVersion::parse)),
  /// Debian policy 5.6.12, as dpkg compares.
  DEB(ordering(DebianVersion::parse)),
  /// Epoch, version and release as rpm compares, with `~` and `^`. A release that is not there
  /// comes before every release, where rpm would take any two as equal and so have no order.
  RPM(ordering(RpmVersion::parse)),
  /// Numbers, suffixes and a build as apk compares.
  APK(ordering(AlpineVersion::parse)),
  /// Epoch, version and release as pacman compares; a release that is not there as in [#RPM].
  ALPM(ordering(ArchVersion::parse)),
  /// PEP 440.
  PYPI(ordering(PythonVersion::parse)),
  /// Numbers and words, for ecosystems that have no rule of their own.
  GENERIC(ordering(GenericVersion::parse));

  private static final int MAX_LENGTH = 256;

  private static final Map<String, VersionScheme> BY_TYPE =
      Map.ofEntries(
          Map.entry("alpm", ALPM),
          Map.entry("apk", APK),
          Map.entry("brew", GENERIC),
          Map.entry("cargo", SEMVER),
          Map.entry("chocolatey", GENERIC),
          Map.entry("chrome-extension", GENERIC),
          Map.entry("conda", GENERIC),
          Map.entry("deb", DEB),
          Map.entry("generic", GENERIC),
          Map.entry("golang", SEMVER),
          Map.entry("hex", SEMVER),
          Map.entry("nix", GENERIC),
          Map.entry("npm", SEMVER),
          Map.entry("pypi", PYPI),
          Map.entry("rpm", RPM),
          Map.entry("scoop", GENERIC),
          Map.entry("semver", SEMVER),
          Map.entry("vscode-extension", SEMVER),
          Map.entry("winget", GENERIC));

  /// A pure function, although its interface cannot say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Ordering ordering;

  VersionScheme(Ordering ordering) {
    this.ordering = ordering;
  }

  /// The scheme of a package URL's type; [#GENERIC] for a type without a known one.
  public static VersionScheme of(String packageType) {
    return known(packageType).orElse(GENERIC);
  }

  /// The scheme that a type's versions are known to follow, well enough to decide by.
  static Optional<VersionScheme> known(String packageType) {
    return Optional.ofNullable(BY_TYPE.get(packageType));
  }

  /// Whether the text is a version of this scheme, so that its place in the order means something.
  public boolean understands(String version) {
    return ordering.understands(version);
  }

  @Override
  public int compare(String left, String right) {
    return ordering.compare(left, right);
  }

  private interface Ordering {
    boolean understands(String version);

    int compare(String left, String right);
  }

  private static <V extends Comparable<V>> Ordering ordering(Function<String, Optional<V>> parse) {
    Function<String, Optional<V>> bounded =
        text -> text.length() > MAX_LENGTH ? Optional.empty() : parse.apply(text);
    return new Ordering() {
      @Override
      public boolean understands(String version) {
        return bounded.apply(version).isPresent();
      }

      @Override
      public int compare(String left, String right) {
        var a = bounded.apply(left);
        var b = bounded.apply(right);
        if (a.isPresent() && b.isPresent()) {
          return a.get().compareTo(b.get());
        }
        return a.isEmpty() && b.isEmpty()
            ? left.compareTo(right)
            : Boolean.compare(a.isPresent(), b.isPresent());
      }
    };
  }
}
