package dev.interdict.policy;

/// A rule's stable name in kebab-case, 2 to 64 characters of `a-z`, `0-9` and single dashes.
///
/// @param value such as `claude-code`
public record RuleId(String value) implements Comparable<RuleId> {
  public RuleId {
    if (!wellFormed(value)) {
      throw new IllegalArgumentException(
          "rule id \""
              + value
              + "\" is not in kebab-case; write 2 to 64 of a-z, 0-9 and single dashes, such as"
              + " claude-code");
    }
  }

  private static boolean wellFormed(String value) {
    if (value.length() < 2 || value.length() > 64) {
      return false;
    }
    var previous = '-';
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' && previous != '-')) {
        return false;
      }
      previous = c;
    }
    return previous != '-';
  }

  @Override
  public int compareTo(RuleId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
