package dev.interdict.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A set of versions of one package type, written as a VERS version range specifier:
/// `vers:npm/>=2.1.91|<2.1.198`, `vers:npm/2.1.100|2.1.101`, `vers:npm/!=2.2.0`, `vers:npm/*`.
///
/// Stricter than the specification where leniency could widen a rule: constraints must already be
/// in ascending order (`>=5|<2` would otherwise mean everything but the middle), without white
/// space, with versions that their scheme understands. A range of `!=` only means all other
/// versions. Pre-releases are versions like others: `<2.0.0` contains `2.0.0-beta.1`.
///
/// @param type the package type, canonical
/// @param constraints in ascending order; none means `*`, every version
public record VersionRange(String type, List<VersionConstraint> constraints) {

  /// Whether a version lies in a range. [#UNKNOWN] is an answer of its own, so that a doubt is
  /// never taken for either side: only [#YES] may lead to a removal, only [#NO] clears.
  public enum Containment {
    YES,
    NO,
    UNKNOWN;

    private static Containment of(boolean contained) {
      return contained ? YES : NO;
    }
  }

  private static final String SCHEME = "vers:";
  private static final int MAX_LENGTH = 4096;

  /// @throws IllegalArgumentException if the constraints are no valid range
  public VersionRange {
    type = PackageType.canonical(type);
    constraints = List.copyOf(constraints);
    if (!constraints.isEmpty()) {
      requireOrder(type, constraints);
      requireSense(constraints);
    }
  }

  /// Every version of a type, `vers:TYPE/*`.
  public static VersionRange all(String type) {
    return new VersionRange(type, List.of());
  }

  /// Reads a version range specifier.
  ///
  /// @throws IllegalArgumentException with the reason and the text
  public static VersionRange parse(String text) {
    try {
      return read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a version range: %s: %s".formatted(e.getMessage(), Printable.of(text, 200)), e);
    }
  }

  private static VersionRange read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("longer than %d characters".formatted(MAX_LENGTH));
    }
    if (!text.chars().allMatch(Ascii::isVisible)) {
      throw new IllegalArgumentException("white space and non-ASCII text must be percent-encoded");
    }
    var slash = text.indexOf('/');
    if (!text.startsWith(SCHEME) || slash < 0) {
      throw new IllegalArgumentException("it must begin with \"vers:\", a package type and \"/\"");
    }
    var type = text.substring(SCHEME.length(), slash);
    if (!type.equals(Ascii.lower(type))) {
      throw new IllegalArgumentException("the package type must be in lower case");
    }
    var list = text.substring(slash + 1);
    if (list.equals("*")) {
      return all(type);
    }
    var constraints = new ArrayList<VersionConstraint>();
    for (var constraint : list.split("\\|", -1)) {
      constraints.add(VersionConstraint.parse(constraint));
    }
    return new VersionRange(type, constraints);
  }

  private static void requireOrder(String type, List<VersionConstraint> constraints) {
    var scheme =
        VersionScheme.known(type)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no order of versions is known for \"%s\"; only \"*\" can be written"
                        .formatted(type)));
    for (var i = 0; i < constraints.size(); i++) {
      var version = constraints.get(i).version();
      if (!scheme.understands(version)) {
        throw new IllegalArgumentException(
            "\"%s\" is not a version of \"%s\"".formatted(Printable.of(version, 100), type));
      }
      var order = i == 0 ? -1 : scheme.compare(constraints.get(i - 1).version(), version);
      if (order == 0) {
        throw new IllegalArgumentException(
            "the version \"%s\" is there twice".formatted(Printable.of(version, 100)));
      }
      if (order > 0) {
        throw new IllegalArgumentException(
            "the constraints must be in ascending order, but \"%s\" comes before \"%s\""
                .formatted(constraints.get(i - 1), constraints.get(i)));
      }
    }
  }

  /// The pairs that VERS calls redundant and invalid: each says the same as one of the two alone.
  private static void requireSense(List<VersionConstraint> constraints) {
    var signposts =
        constraints.stream()
            .filter(c -> c.relation() != VersionConstraint.Relation.NOT_EQUAL)
            .toList();
    for (var i = 1; i < signposts.size(); i++) {
      var left = signposts.get(i - 1);
      var right = signposts.get(i);
      var redundant = left.relation().isLower() != right.relation().isUpper();
      if (redundant) {
        throw new IllegalArgumentException(
            "\"%s\" and \"%s\" contradict or repeat each other".formatted(left, right));
      }
    }
  }

  /// Whether the installed version lies in the range; [Containment#UNKNOWN] if its scheme does not
  /// understand it. `*` contains whatever is installed.
  public Containment contains(String version) {
    if (constraints.isEmpty()) {
      return Containment.YES;
    }
    var scheme = VersionScheme.of(type);
    if (!scheme.understands(version)) {
      return Containment.UNKNOWN;
    }
    var onlyExclusions = true;
    var inside = false;
    var decided = false;
    for (var constraint : constraints) {
      var relation = constraint.relation();
      var order = scheme.compare(version, constraint.version());
      if (order == 0) {
        return Containment.of(relation.isInclusive());
      }
      onlyExclusions &= relation == VersionConstraint.Relation.NOT_EQUAL;
      // The nearest bound below decides; if there is none, the first one above does.
      if (relation.isBound() && order > 0) {
        inside = relation.isLower();
        decided = true;
      } else if (relation.isBound() && !decided) {
        inside = relation.isUpper();
        decided = true;
      }
    }
    return Containment.of(onlyExclusions || inside);
  }

  /// Whether the installed package's version lies in the range; [Containment#UNKNOWN] for a package
  /// whose versions follow another scheme.
  public Containment contains(PackageUrl installed) {
    return constraints.isEmpty() || VersionScheme.of(type) == installed.scheme()
        ? contains(installed.comparableVersion())
        : Containment.UNKNOWN;
  }

  /// The canonical text.
  @Override
  public String toString() {
    return constraints.stream()
        .map(VersionConstraint::toString)
        .collect(Collectors.joining("|", SCHEME + type + "/", constraints.isEmpty() ? "*" : ""));
  }
}
