package dev.interdict.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A version as pacman reads it (vercmp(8)): `[epoch:]version[-release]`, each part as its runs of
/// digits and of letters with the number of separators before each.
///
/// Letters right after a number make it older, other than for rpm: `1.0a < 1.0rc < 1.0 < 1.0.a <
/// 1.0.1`. A release that is not there comes before every release, where pacman would take any two
/// as equal and so have no order.
record ArchVersion(String epoch, List<Run> version, List<Run> release)
    implements Comparable<ArchVersion> {

  /// @param separators how many stand before it
  /// @param text digits or letters; empty at the end
  record Run(int separators, String text) implements Comparable<Run> {
    static final Run END = new Run(0, "");

    /// Letters, the end, digits; anything after a separator comes later still.
    private int rank() {
      if (text.isEmpty()) {
        return 1;
      }
      var number = Ascii.isDigit(text.charAt(0));
      return separators == 0 ? (number ? 2 : 0) : (number ? 4 : 3);
    }

    @Override
    public int compareTo(Run other) {
      if (separators != other.separators) {
        return Integer.compare(separators, other.separators);
      }
      if (rank() != other.rank()) {
        return Integer.compare(rank(), other.rank());
      }
      return rank() == 2 || rank() == 4
          ? Ascii.compareNumbers(text, other.text)
          : text.compareTo(other.text);
    }
  }

  static Optional<ArchVersion> parse(String text) {
    var colon = text.indexOf(':');
    var epoch = colon < 0 ? "0" : text.substring(0, colon);
    var rest = text.substring(colon + 1);
    var dash = rest.lastIndexOf('-');
    var version = dash < 0 ? rest : rest.substring(0, dash);
    var release = dash < 0 ? "" : rest.substring(dash + 1);
    var valid = Ascii.isNumber(epoch) && isPart(version) && (dash < 0 || isPart(release));
    return valid
        ? Optional.of(new ArchVersion(epoch, runs(version), runs(release)))
        : Optional.empty();
  }

  /// Neither end may be a separator: pacman's order of such versions is none.
  private static boolean isPart(String text) {
    return !text.isEmpty()
        && Ascii.consistsOf(text, "._+~")
        && Ascii.consistsOf(text.substring(0, 1), "")
        && Ascii.consistsOf(text.substring(text.length() - 1), "");
  }

  private static List<Run> runs(String part) {
    var runs = new ArrayList<Run>();
    var separators = 0;
    for (var run : Ascii.runs(part)) {
      if (Ascii.consistsOf(run, "") && !run.isEmpty()) {
        runs.add(new Run(separators, run));
        separators = 0;
      } else {
        separators++;
      }
    }
    runs.add(Run.END);
    return List.copyOf(runs);
  }

  @Override
  public int compareTo(ArchVersion other) {
    var byEpoch = Ascii.compareNumbers(epoch, other.epoch);
    if (byEpoch != 0) {
      return byEpoch;
    }
    var byVersion = compareParts(version, other.version);
    if (byVersion != 0) {
      return byVersion;
    }
    var byPresence = Boolean.compare(release.size() > 1, other.release.size() > 1);
    return byPresence != 0 ? byPresence : compareParts(release, other.release);
  }

  private static int compareParts(List<Run> left, List<Run> right) {
    for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
      var byRun = left.get(i).compareTo(right.get(i));
      if (byRun != 0) {
        return byRun;
      }
    }
    return 0;
  }
}
