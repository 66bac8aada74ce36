package dev.interdict.agent.report;

import dev.interdict.agent.inventory.Item;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes out of a finding of one rule whatever a person may have named: of a place, an identity or
/// a version only words survive that anybody's computer has ([PlaceWords], [VersionWords]) or that
/// the signed rule itself states, and numbers beside them. The rest is `…`, a run of components
/// one.
///
/// What survives is chosen, what is masked is not: a name is never recognised, so none can slip
/// through by being unusual. A folder that is named with such words alone cannot be told from the
/// ecosystem's own. Immutable.
final class Mask {
  /// Stands for whatever was taken out.
  static final String HIDDEN = "…";

  private static final Pattern RUN = Pattern.compile("[A-Za-z]+|[0-9]+");
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]+");
  private static final Pattern SIGNS = Pattern.compile("[A-Za-z0-9 ._+~@:,#(){}=?&-]*");

  /// What package URLs write for signs that versions and namespaces have.
  private static final Pattern ESCAPED = Pattern.compile("%(40|3A|2B|7E)");

  private static final Pattern NUMBERS =
      Pattern.compile("v?[0-9]{1,5}([._][0-9]{1,5})+|v[0-9]{1,3}");
  private static final Pattern HOMES = Pattern.compile("home|users", Pattern.CASE_INSENSITIVE);

  /// With which the sources join the words of [PlaceWords].
  private static final Set<String> OUR_WORDS =
      Set.of(
          """
          a all an and another as at behind brought built by disk earlier editable folder forced
          formula from generation gone in inside into is its kept left listed longer manager no
          of on one outside own pip policy project registered running several system's the their tool
          under unpacked with work
          """
              .strip()
              .split("\\s+"));

  /// In a place a longer run of digits is a number of something, or of somebody.
  private static final int IN_A_PLACE = 4;

  /// Long enough for a date (`20260710`) and for seconds since 1970.
  private static final int IN_AN_IDENTITY = 10;

  private final Set<String> ruleWords;

  /// @param rule what it says of itself and of what it bans everybody may read
  Mask(Rule rule) {
    var tool = rule.tool();
    var said =
        Stream.concat(
            Stream.of(rule.id().value(), tool.name(), tool.publisher()),
            rule.match().stream().flatMap(Mask::texts));
    var words = new HashSet<String>();
    said.forEach(text ->
        LETTERS
            .matcher(text)
            .results()
            .forEach(match -> words.add(match.group().toLowerCase(Locale.ROOT))));
    this.ruleWords = Set.copyOf(words);
  }

  private static Stream<String> texts(Matcher matcher) {
    return switch (matcher) {
      case Matcher.OfPackage(var purl, _) -> Stream.of(purl.type(), purl.namespace(), purl.name());
      case Matcher.OfApplication(var ids) -> ids.values().stream();
      case Matcher.OfExtension(var ids) -> ids.values().stream();
      case Matcher.OfProgram(var home, var system, _, _) ->
          Stream.of(String.valueOf(home), String.valueOf(system));
      case Matcher.OfProcess() -> Stream.of();
      case Matcher.ModelUse(var models, var tools) ->
          Stream.concat(models.stream().map(Object::toString), tools.stream());
      case Matcher.EnvironmentVariables(var names) -> names.stream();
      case Matcher.Containers(var references) -> references.stream().map(Object::toString);
      case Matcher.Remains(var ids) -> ids.values().stream().map(Object::toString);
    };
  }

  /// Where the item lies, its owner's home as `~`.
  String place(Item item) {
    var version = item.version();
    var masked = new ArrayList<String>();
    var above = "";
    for (var component : Reporting.place(item).split("/")) {
      add(masked, HOMES.matcher(above).matches() ? HIDDEN : component(component, version));
      above = component;
    }
    return String.join("/", masked);
  }

  /// A finding's identity, as [Reporting#identity] writes it; a version that cannot be told is left
  /// out.
  String identity(String identity) {
    var masked = new ArrayList<String>();
    var above = "";
    for (var component : identity.split("/")) {
      add(masked, HOMES.matcher(above).matches() ? HIDDEN : named(component));
      above = component;
    }
    return String.join("/", masked);
  }

  /// A component of an identity: kinds and names stand between colons, a version behind the last
  /// `@`.
  private String named(String component) {
    var plain = unescaped(component);
    var at = plain.lastIndexOf('@');
    if (at > 0 && known(plain.substring(0, at), IN_AN_IDENTITY)) {
      return versionIn(plain.substring(at + 1))
          ? component
          : component.substring(0, lastAt(component));
    }
    if (known(plain, IN_AN_IDENTITY)) {
      return component;
    }
    var parts = new ArrayList<String>();
    for (var part : component.split(":")) {
      add(parts, known(unescaped(part), IN_AN_IDENTITY) ? part : HIDDEN);
    }
    return String.join(":", parts);
  }

  private static int lastAt(String component) {
    return Math.max(component.lastIndexOf('@'), component.lastIndexOf("%40"));
  }

  /// What brought it there, which may name a profile or a folder besides our own words.
  String origin(String origin) {
    var words = new ArrayList<String>();
    for (var word : origin.split(" ")) {
      var plain = word.endsWith(",") ? word.substring(0, word.length() - 1) : word;
      if (NUMBERS.matcher(plain).matches()
          || OUR_WORDS.contains(plain)
          || known(plain, IN_A_PLACE)) {
        add(words, word);
      } else {
        add(words, HIDDEN);
      }
    }
    return String.join(" ", words);
  }

  /// A package URL's version ends where its qualifiers begin.
  private boolean versionIn(String rest) {
    var end = rest.indexOf('?');
    return end < 0
        ? VersionWords.plain(rest)
        : VersionWords.plain(rest.substring(0, end)) && known(rest.substring(end), IN_AN_IDENTITY);
  }

  private static void add(List<String> masked, String component) {
    if (!component.equals(HIDDEN) || masked.isEmpty() || !masked.getLast().endsWith(HIDDEN)) {
      masked.add(component);
    }
  }

  private String component(String component, @Nullable String version) {
    if (component.isEmpty() || component.equals("~") || NUMBERS.matcher(component).matches()) {
      return component;
    }
    var rest =
        version != null && VersionWords.plain(version) && component.length() > version.length()
            ? component.replace(version, "")
            : component;
    return component.equals(version) && VersionWords.plain(component) || known(rest, IN_A_PLACE)
        ? component
        : HIDDEN;
  }

  /// Whether it consists of known words, and of numbers and single letters beside one.
  private boolean known(String text, int longestNumber) {
    if (!SIGNS.matcher(text).matches()) {
      return false;
    }
    var words = 0;
    var runs = RUN.matcher(text);
    while (runs.find()) {
      var run = runs.group();
      if (Character.isDigit(run.charAt(0))) {
        if (run.length() > longestNumber) {
          return false;
        }
      } else if (PlaceWords.has(run) || ruleWords.contains(run.toLowerCase(Locale.ROOT))) {
        // A letter alone may be an initial.
        words += run.length() > 1 ? 1 : 0;
      } else {
        return false;
      }
    }
    return words > 0;
  }

  private static String unescaped(String component) {
    return ESCAPED
        .matcher(component)
        .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
  }
}
