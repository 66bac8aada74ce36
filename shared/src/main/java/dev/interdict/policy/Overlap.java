package dev.interdict.policy;

import dev.interdict.identity.Glob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether two matchers, or two globs, could mean one and the same thing, case and versions
/// disregarded. Used before publishing, where a needless question costs less than a wrong removal.
public final class Overlap {
  /// Where homes lie, so that a place below a home can be compared with an absolute one.
  private static final List<String> HOMES = List.of("/home/*/", "/root/", "/Users/*/");

  private Overlap() {}

  /// Whether something could be meant by both matchers.
  public static boolean between(Matcher left, Matcher right) {
    return switch (left) {
      case Matcher.OfPackage(var purl, _) ->
          right instanceof Matcher.OfPackage(var other, _)
              && (purl.covers(other) || other.covers(purl));
      case Matcher.OfApplication(var ids) ->
          ids.entrySet().stream()
              .map(id -> new Subject.OfApplication(id.getKey(), id.getValue()))
              .anyMatch(subject -> Matching.hit(right, subject) != Hit.NO);
      case Matcher.OfExtension(var ids) ->
          ids.entrySet().stream()
              .map(id -> new Subject.OfExtension(id.getKey(), id.getValue()))
              .anyMatch(subject -> Matching.hit(right, subject) != Hit.NO);
      case Matcher.OfProgram program ->
          right instanceof Matcher.OfProgram other && programs(program, other);
      case Matcher.OfProcess(),
          Matcher.ModelUse _,
          Matcher.EnvironmentVariables _,
          Matcher.Containers _,
          Matcher.Remains _ ->
          false;
    };
  }

  private static boolean programs(Matcher.OfProgram left, Matcher.OfProgram right) {
    if (left.sha256().stream().anyMatch(right.sha256()::contains)) {
      return true;
    }
    if (!left.sha256().isEmpty() && !right.sha256().isEmpty()) {
      return false;
    }
    return places(left).stream()
        .anyMatch(place -> places(right).stream().anyMatch(other -> texts(place, other)));
  }

  /// Whether the matcher's places, wherever homes lie, reach a place of `protectedPlace`.
  static boolean reaches(Matcher.OfProgram program, Glob protectedPlace) {
    return places(program).stream().anyMatch(place -> texts(place, protectedPlace.toString()));
  }

  private static List<String> places(Matcher.OfProgram program) {
    var places = new ArrayList<String>();
    if (program.system() != null) {
      places.add(program.system().toString());
    }
    if (program.home() != null) {
      HOMES.forEach(home -> places.add(home + program.home()));
    }
    return places;
  }

  /// Whether some text is matched by both globs.
  public static boolean between(Glob left, Glob right) {
    return texts(left.toString(), right.toString());
  }

  /// Walks both patterns at once over all texts that they could share.
  private static boolean texts(String left, String right) {
    var a = new Pattern(left);
    var b = new Pattern(right);
    var seen = new BitSet();
    var open = new ArrayDeque<Integer>();
    visit(0, seen, open);
    while (!open.isEmpty()) {
      var state = open.pop();
      var i = state / b.states();
      var j = state % b.states();
      if (i == a.end() && j == b.end()) {
        return true;
      }
      a.free(i).forEach(next -> visit(next * b.states() + j, seen, open));
      b.free(j).forEach(next -> visit(i * b.states() + next, seen, open));
      for (var x : a.moves(i)) {
        for (var y : b.moves(j)) {
          if (x.meets(y)) {
            visit(x.to() * b.states() + y.to(), seen, open);
          }
        }
      }
    }
    return false;
  }

  private static void visit(int state, BitSet seen, ArrayDeque<Integer> open) {
    if (!seen.get(state)) {
      seen.set(state);
      open.push(state);
    }
  }

  /// One character read: a certain one, any but a slash, or any at all.
  private record Move(@Nullable Integer literal, boolean slash, int to) {
    boolean meets(Move other) {
      if (literal != null) {
        return other.literal != null
            ? literal.equals(other.literal)
            : literal != '/' || other.slash;
      }
      return other.literal == null || other.literal != '/' || slash;
    }
  }

  /// A glob as an automaton: state `2n` stands before token `n`, state `2n + 1` inside a run of
  /// components that has begun.
  private static final class Pattern {
    private final List<String> tokens = new ArrayList<>();

    Pattern(String glob) {
      var text = glob.toLowerCase(Locale.ROOT);
      for (var at = 0; at < text.length(); at += tokens.getLast().length()) {
        var length =
            text.startsWith("**/", at)
                ? 3
                : text.startsWith("**", at) && at + 2 == text.length()
                    ? 2
                    : Character.charCount(text.codePointAt(at));
        tokens.add(text.substring(at, at + length));
      }
    }

    int states() {
      return 2 * tokens.size() + 2;
    }

    int end() {
      return 2 * tokens.size();
    }

    List<Integer> free(int state) {
      var token = token(state);
      return state % 2 == 0 && (token.equals("*") || token.equals("**/"))
          ? List.of(state + 2)
          : List.of();
    }

    List<Move> moves(int state) {
      var here = state - state % 2;
      return switch (token(state)) {
        case "" -> List.of();
        case "?" -> List.of(new Move(null, false, here + 2));
        case "*" -> List.of(new Move(null, false, here));
        case "**" -> List.of(new Move(null, true, here), new Move(null, true, here + 2));
        case "**/" -> List.of(new Move(null, true, here + 1), new Move((int) '/', true, here + 2));
        case String literal -> List.of(new Move(literal.codePointAt(0), true, here + 2));
      };
    }

    private String token(int state) {
      return state / 2 < tokens.size() ? tokens.get(state / 2) : "";
    }
  }
}
