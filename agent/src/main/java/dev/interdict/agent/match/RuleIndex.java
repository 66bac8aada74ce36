package dev.interdict.agent.match;

import dev.interdict.identity.Glob;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which rules of a list could mean a thing, without asking each: of ten thousand rules nearly all
/// name something else.
///
/// What a rule names is kept as a hash of its kind and name, a place as that of the folder before
/// its first wildcard; so a rule costs eight bytes for each of its matchers. Two names with one
/// hash cost a look at a rule in vain: whether a rule means the thing is
/// [dev.interdict.policy.RuleMatch] to say. Immutable.
final class RuleIndex {
  private static final int PACKAGE = 1;
  private static final int APPLICATION = 2;
  private static final int EXTENSION = 3;
  private static final int HOME = 4;
  private static final int SYSTEM = 5;
  private static final int ANY_PROGRAM = 6;
  private static final int MODEL = 7;
  private static final int VARIABLE = 8;
  private static final int CONTAINER = 9;
  private static final int REMAINS = 10;

  /// A hash in the upper half, the place of a rule in the lower one; ascending.
  private final long[] entries;

  RuleIndex(List<Rule> rules) {
    var building = new Building();
    for (var place = 0; place < rules.size(); place++) {
      for (var matcher : rules.get(place).match()) {
        building.add(matcher, place);
      }
    }
    entries = building.sorted();
  }

  /// The places in the list of all rules that could mean `subject`, ascending; some of them may
  /// not.
  Set<Integer> candidates(Subject subject) {
    var places = new TreeSet<Integer>();
    switch (subject) {
      case Subject.OfPackage(var purl) -> find(named(PACKAGE, purl.type(), purl.name()), places);
      case Subject.OfApplication(var platform, var id) ->
          find(named(APPLICATION, platform, lower(id)), places);
      case Subject.OfExtension(var host, var id) -> find(named(EXTENSION, host, lower(id)), places);
      case Subject.OfProgram program -> {
        find(ANY_PROGRAM, places);
        findAbove(HOME, program.home(), places);
        findAbove(SYSTEM, program.system(), places);
      }
      case Subject.OfModel _ -> find(MODEL, places);
      case Subject.OfVariable(var name) -> find(named(VARIABLE, "", name), places);
      case Subject.OfContainer _ -> find(CONTAINER, places);
      case Subject.OfResidue(var kind, _) -> find(named(REMAINS, kind.written(), ""), places);
    }
    return places;
  }

  /// Looks for the path and all folders above it.
  private void findAbove(int kind, @Nullable String path, Set<Integer> places) {
    if (path == null) {
      return;
    }
    find(kind, places);
    var hash = kind;
    for (var i = 0; i < path.length(); ) {
      var c = path.codePointAt(i);
      if (c == '/' && i > 0) {
        find(hash, places);
      }
      hash = onwards(hash, c);
      i += Character.charCount(c);
    }
    find(hash, places);
  }

  private void find(int hash, Set<Integer> places) {
    var from = Arrays.binarySearch(entries, (long) hash << 32);
    for (var i = from < 0 ? -from - 1 : from;
        i < entries.length && (int) (entries[i] >> 32) == hash;
        i++) {
      places.add((int) entries[i]);
    }
  }

  private static int named(int kind, String namespace, String name) {
    return (31 * kind + namespace.hashCode()) * 31 + name.hashCode();
  }

  /// As the host compares that folds case; where none is folded this only finds more.
  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  private static int placed(int kind, Glob glob) {
    return glob.stem().codePoints().reduce(kind, RuleIndex::onwards);
  }

  /// Case is folded as [Glob] folds it.
  private static int onwards(int hash, int c) {
    return 31 * hash + Character.toLowerCase(Character.toUpperCase(c));
  }

  /// The entries while they are gathered.
  private static final class Building {
    private long[] entries = new long[16];
    private int count;

    void add(Matcher matcher, int place) {
      switch (matcher) {
        case Matcher.OfPackage(var purl, _) -> add(named(PACKAGE, purl.type(), purl.name()), place);
        case Matcher.OfApplication(var ids) -> add(APPLICATION, ids, place);
        case Matcher.OfExtension(var ids) -> add(EXTENSION, ids, place);
        case Matcher.OfProgram(var home, var system, _, _) -> {
          if (home == null && system == null) {
            add(ANY_PROGRAM, place);
          }
          if (home != null) {
            add(placed(HOME, home), place);
          }
          if (system != null) {
            add(placed(SYSTEM, system), place);
          }
        }
        case Matcher.ModelUse _ -> add(MODEL, place);
        case Matcher.EnvironmentVariables(var names) ->
            names.forEach(name -> add(named(VARIABLE, "", name), place));
        case Matcher.Containers _ -> add(CONTAINER, place);
        case Matcher.Remains(var ids) ->
            ids.keySet().forEach(kind -> add(named(REMAINS, kind.written(), ""), place));
        case Matcher.OfProcess() -> {
          // Means nothing by itself.
        }
      }
    }

    private void add(int kind, Map<String, String> ids, int place) {
      ids.forEach((namespace, id) -> add(named(kind, namespace, lower(id)), place));
    }

    private void add(int hash, int place) {
      if (count == entries.length) {
        entries = Arrays.copyOf(entries, 2 * count);
      }
      entries[count++] = (long) hash << 32 | place;
    }

    long[] sorted() {
      var all = Arrays.copyOf(entries, count);
      Arrays.sort(all);
      return all;
    }
  }
}
