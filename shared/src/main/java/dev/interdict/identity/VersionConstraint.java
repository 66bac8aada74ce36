package dev.interdict.identity;

/// One signpost of a [VersionRange]: a comparator and a version, decoded.
public record VersionConstraint(Relation relation, String version) {

  /// The comparators of VERS.
  public enum Relation {
    EQUAL(""),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /// Whether the constraint's own version is in the range.
    boolean isInclusive() {
      return switch (this) {
        case EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL -> true;
        case NOT_EQUAL, LESS, GREATER -> false;
      };
    }

    boolean isLower() {
      return this == GREATER || this == GREATER_OR_EQUAL;
    }

    boolean isUpper() {
      return this == LESS || this == LESS_OR_EQUAL;
    }

    boolean isBound() {
      return isLower() || isUpper();
    }
  }

  private static final String NEEDS_ENCODING = "<>=!*|";

  static VersionConstraint parse(String text) {
    var relation = relation(text);
    var encoded = text.substring(signLength(text, relation));
    if (encoded.isEmpty()) {
      throw new IllegalArgumentException("a constraint has no version");
    }
    if (encoded.chars().anyMatch(c -> NEEDS_ENCODING.indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "the constraint \"%s\" is not a comparator and a version; %s in a version must be"
                  .formatted(Printable.of(text, 100), NEEDS_ENCODING)
              + " percent-encoded");
    }
    return new VersionConstraint(relation, Percent.decode(encoded));
  }

  private static Relation relation(String text) {
    for (var relation : Relation.values()) {
      // The longer signs first: ">=1" is not ">" and "=1".
      if (relation.sign.length() == 2 && text.startsWith(relation.sign)) {
        return relation;
      }
    }
    if (text.startsWith("<")) {
      return Relation.LESS;
    }
    return text.startsWith(">") ? Relation.GREATER : Relation.EQUAL;
  }

  private static int signLength(String text, Relation relation) {
    return relation == Relation.EQUAL && text.startsWith("=") ? 1 : relation.sign.length();
  }

  /// The canonical text.
  @Override
  public String toString() {
    return relation.sign + Percent.encode(version, ":+");
  }
}
