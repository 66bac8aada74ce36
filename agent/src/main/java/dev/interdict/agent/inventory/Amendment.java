package dev.interdict.agent.inventory;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is to be cut out of a file in which another program lists what it installed, so that its
/// list is true once the item is gone. Made by whoever reads the file's format; whoever changes the
/// file knows no format and only counts bytes.
///
/// @param id which file it was when it was read; changing another one is refused
/// @param sha256 of the whole file in lower-case hex
/// @param cuts of that content, at least one
public record Amendment(BytePath file, FileId id, String sha256, List<Cut> cuts) {
  /// Longest file that is amended.
  public static final int MOST_BYTES = 1 << 20;

  /// Cuts in one amendment.
  public static final int MOST_CUTS = 64;

  public Amendment {
    cuts = List.copyOf(cuts);
    if (cuts.isEmpty() || cuts.size() > MOST_CUTS) {
      throw new IllegalArgumentException("an amendment has 1 to " + MOST_CUTS + " cuts");
    }
  }

  /// One entry of a list, with what separates it from its neighbours: cutting any of several
  /// entries takes as many separators as entries, whichever they are.
  ///
  /// @param from where the entry begins
  /// @param to where it ends
  /// @param before where the separator before it begins, `from` for the first entry
  /// @param after where the separator after it ends, `to` for the last entry
  public record Cut(int from, int to, int before, int after) {
    public Cut {
      if (before < 0 || before > from || from >= to || to > after || after > MOST_BYTES) {
        throw new IllegalArgumentException(
            "not a cut: %d to %d within %d and %d".formatted(from, to, before, after));
      }
    }

    /// Bytes of the entry itself.
    public int length() {
      return to - from;
    }

    private boolean touches(Cut next) {
      return after == next.from && next.before == to;
    }

    private Cut with(Cut next) {
      return new Cut(from, next.to, before, next.after);
    }
  }

  /// The content without what is cut.
  ///
  /// @param cuts in any order; the same one may be there twice
  /// @throws IllegalArgumentException if they overlap or reach beyond the content
  public static byte[] without(byte[] content, List<Cut> cuts) {
    var out = new ByteArrayOutputStream(content.length);
    var at = 0;
    for (var run : runs(cuts)) {
      var begin = run.before < run.from ? run.before : run.from;
      var end = run.before < run.from ? run.to : run.after;
      if (begin < at || run.after > content.length) {
        throw new IllegalArgumentException("cuts overlap or reach beyond the content");
      }
      out.write(content, at, begin - at);
      at = end;
    }
    out.write(content, at, content.length - at);
    return out.toByteArray();
  }

  /// Neighbouring entries joined into one.
  private static List<Cut> runs(List<Cut> cuts) {
    var runs = new ArrayList<Cut>();
    for (var cut : cuts.stream().distinct().sorted(Comparator.comparing(Cut::from)).toList()) {
      if (!runs.isEmpty() && runs.getLast().touches(cut)) {
        runs.add(runs.removeLast().with(cut));
      } else {
        runs.add(cut);
      }
    }
    return runs;
  }
}
