package dev.interdict.server.compliance;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Cuts a device's name into the ends by which a part of it is found: `mbp-07` has `mbp-07`,
/// `bp-07`, `p-07`, `-07`, `07` and `7`, and each part of the name is how one of them begins. Ends
/// begin in the first label, since what follows a dot is the same on thousands. Pure.
public final class NameEnds {
  /// Characters of an end that are kept.
  static final int LONGEST = 20;

  /// Digits of a device's id that are kept with an end.
  public static final int START = 8;

  /// What a label of a host name may have (RFC 1035, 2.3.4).
  private static final int LABEL = 63;

  private NameEnds() {}

  /// All ends of a host name.
  public static SortedSet<String> of(String host) {
    var name = folded(host);
    var ends = new TreeSet<String>();
    for (var place = 0; place < places(name); place++) {
      ends.add(end(name, place));
    }
    return ends;
  }

  /// A name or a part of one as they are compared: in lower case, as far as ASCII goes, for
  /// databases know no more of it alike.
  static String folded(String text) {
    var folded = new StringBuilder(text);
    for (var i = 0; i < folded.length(); i++) {
      var c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return folded.toString();
  }

  /// By which of its ends, or its id, a device is found; the first in their order, so that it is
  /// found once. Null if it is not.
  ///
  /// @param part folded
  static @Nullable String found(String part, String host, String id) {
    var name = folded(host);
    var first = id.startsWith(part) ? id : null;
    for (var place = 0; place < places(name); place++) {
      if (name.startsWith(part, name.offsetByCodePoints(0, place))) {
        var end = end(name, place);
        first = first == null || end.compareTo(first) < 0 ? end : first;
      }
    }
    return first;
  }

  /// How many ends there are, one at each character.
  private static int places(String name) {
    var dot = name.indexOf('.');
    var label = name.codePointCount(0, dot < 0 ? name.length() : dot);
    return Math.min(LABEL, name.isEmpty() ? 0 : Math.max(1, label));
  }

  private static String end(String name, int place) {
    var from = name.offsetByCodePoints(0, place);
    var left = name.codePointCount(from, name.length());
    return name.substring(from, name.offsetByCodePoints(from, Math.min(LONGEST, left)));
  }
}
