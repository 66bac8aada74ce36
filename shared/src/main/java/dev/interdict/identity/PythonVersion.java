package dev.interdict.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A version as PEP 440 reads it, its spellings normalised. Empty `post` and `dev` mean that there
/// is none.
record PythonVersion(
    String epoch,
    List<String> release,
    Phase phase,
    String phaseNumber,
    String post,
    String dev,
    List<String> local)
    implements Comparable<PythonVersion> {

  enum Phase {
    DEVELOPMENT,
    ALPHA,
    BETA,
    CANDIDATE,
    FINAL
  }

  static Optional<PythonVersion> parse(String text) {
    return new Reader(Ascii.lower(text)).read();
  }

  @Override
  public int compareTo(PythonVersion other) {
    int[] steps = {
      Ascii.compareNumbers(epoch, other.epoch),
      compareReleases(release, other.release),
      phase.compareTo(other.phase),
      Ascii.compareNumbers(phaseNumber, other.phaseNumber),
      Boolean.compare(!post.isEmpty(), !other.post.isEmpty()),
      Ascii.compareNumbers(post, other.post),
      Boolean.compare(dev.isEmpty(), other.dev.isEmpty()),
      Ascii.compareNumbers(dev, other.dev),
      compareLocals(local, other.local)
    };
    for (var step : steps) {
      if (step != 0) {
        return step;
      }
    }
    return 0;
  }

  private static int compareReleases(List<String> left, List<String> right) {
    for (var i = 0; i < Math.max(left.size(), right.size()); i++) {
      var byNumber =
          Ascii.compareNumbers(
              i < left.size() ? left.get(i) : "0", i < right.size() ? right.get(i) : "0");
      if (byNumber != 0) {
        return byNumber;
      }
    }
    return 0;
  }

  private static int compareLocals(List<String> left, List<String> right) {
    for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
      var a = left.get(i);
      var b = right.get(i);
      var byKind = Boolean.compare(Ascii.isNumber(a), Ascii.isNumber(b));
      if (byKind != 0) {
        return byKind;
      }
      var byValue = Ascii.isNumber(a) ? Ascii.compareNumbers(a, b) : a.compareTo(b);
      if (byValue != 0) {
        return byValue;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /// Reads the grammar of PEP 440, appendix B, from left to right without going back further than
  /// one separator.
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Optional<PythonVersion> read() {
      accept("v");
      var epoch = "0";
      var first = digits();
      if (accept("!")) {
        epoch = first;
        first = digits();
      }
      if (epoch.isEmpty() || first.isEmpty()) {
        return Optional.empty();
      }
      var release = release(first);
      var phase = phase();
      var phaseNumber = phase == Phase.FINAL ? "" : number();
      var post = post();
      var dev = word("dev") ? orZero(number()) : "";
      if (phase == Phase.FINAL && post.isEmpty() && !dev.isEmpty()) {
        phase = Phase.DEVELOPMENT;
      }
      var hasLocal = accept("+");
      var local = hasLocal ? local() : List.<String>of();
      return at < text.length() || (hasLocal && local.isEmpty())
          ? Optional.empty()
          : Optional.of(new PythonVersion(epoch, release, phase, phaseNumber, post, dev, local));
    }

    private List<String> release(String first) {
      var release = new ArrayList<>(List.of(first));
      while (text.startsWith(".", at) && isDigit(at + 1)) {
        at++;
        release.add(digits());
      }
      return release;
    }

    private Phase phase() {
      if (word("alpha") || word("a")) {
        return Phase.ALPHA;
      }
      if (word("beta") || word("b")) {
        return Phase.BETA;
      }
      return word("preview") || word("pre") || word("rc") || word("c")
          ? Phase.CANDIDATE
          : Phase.FINAL;
    }

    private String post() {
      if (text.startsWith("-", at) && isDigit(at + 1)) {
        at++;
        return digits();
      }
      return word("post") || word("rev") || word("r") ? orZero(number()) : "";
    }

    private List<String> local() {
      var local = new ArrayList<String>();
      do {
        var start = at;
        while (at < text.length() && Ascii.consistsOf(text.substring(at, at + 1), "")) {
          at++;
        }
        if (at == start) {
          return List.of();
        }
        local.add(text.substring(start, at));
      } while (separator());
      return local;
    }

    /// A word with an optional separator before it; stays where it is if the word is not there.
    private boolean word(String word) {
      var start = at;
      separator();
      if (accept(word)) {
        return true;
      }
      at = start;
      return false;
    }

    /// A word's number with an optional separator before it, empty if there is none.
    private String number() {
      var start = at;
      separator();
      var digits = digits();
      if (digits.isEmpty()) {
        at = start;
      }
      return digits;
    }

    private static String orZero(String number) {
      return number.isEmpty() ? "0" : number;
    }

    private boolean separator() {
      return accept(".") || accept("-") || accept("_");
    }

    private boolean accept(String expected) {
      var there = text.startsWith(expected, at);
      at += there ? expected.length() : 0;
      return there;
    }

    private String digits() {
      var start = at;
      while (isDigit(at)) {
        at++;
      }
      return text.substring(start, at);
    }

    private boolean isDigit(int index) {
      return index < text.length() && Ascii.isDigit(text.charAt(index));
    }
  }
}
