package dev.interdict.identity;

import java.util.Optional;

/// A version as dpkg reads it: `[epoch:]upstream[-revision]` (Debian policy 5.6.12).
record DebianVersion(String epoch, String upstream, String revision)
    implements Comparable<DebianVersion> {

  static Optional<DebianVersion> parse(String text) {
    var colon = text.indexOf(':');
    var epoch = colon < 0 ? "0" : text.substring(0, colon);
    var rest = text.substring(colon + 1);
    var dash = rest.lastIndexOf('-');
    var upstream = dash < 0 ? rest : rest.substring(0, dash);
    var revision = dash < 0 ? "" : rest.substring(dash + 1);
    var valid =
        isEpoch(epoch)
            && !upstream.isEmpty()
            && Ascii.isDigit(upstream.charAt(0))
            && Ascii.consistsOf(upstream, ".+-~:")
            && (dash < 0 || !revision.isEmpty())
            && Ascii.consistsOf(revision, ".+~");
    return valid ? Optional.of(new DebianVersion(epoch, upstream, revision)) : Optional.empty();
  }

  private static boolean isEpoch(String text) {
    return Ascii.isNumber(text)
        && Ascii.compareNumbers(text, Integer.toString(Integer.MAX_VALUE)) <= 0;
  }

  @Override
  public int compareTo(DebianVersion other) {
    var byEpoch = Ascii.compareNumbers(epoch, other.epoch);
    if (byEpoch != 0) {
      return byEpoch;
    }
    var byUpstream = compareParts(upstream, other.upstream);
    return byUpstream != 0 ? byUpstream : compareParts(revision, other.revision);
  }

  /// Alternately the longest run without a digit, by rank, and the longest run of digits, by value.
  private static int compareParts(String left, String right) {
    var i = 0;
    var j = 0;
    while (i < left.length() || j < right.length()) {
      while (rank(left, i) != 0 || rank(right, j) != 0) {
        var byRank = Integer.compare(rank(left, i), rank(right, j));
        if (byRank != 0) {
          return byRank;
        }
        i++;
        j++;
      }
      var leftEnd = endOfDigits(left, i);
      var rightEnd = endOfDigits(right, j);
      var byNumber = Ascii.compareNumbers(left.substring(i, leftEnd), right.substring(j, rightEnd));
      if (byNumber != 0) {
        return byNumber;
      }
      i = leftEnd;
      j = rightEnd;
    }
    return 0;
  }

  private static int endOfDigits(String text, int start) {
    var end = start;
    while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /// `~` before the end, the end as a digit, letters before all other characters.
  private static int rank(String text, int index) {
    if (index >= text.length() || Ascii.isDigit(text.charAt(index))) {
      return 0;
    }
    var c = text.charAt(index);
    if (c == '~') {
      return -1;
    }
    return Ascii.isLetter(c) ? c : c + 256;
  }
}
