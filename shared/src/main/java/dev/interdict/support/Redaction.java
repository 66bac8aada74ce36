package dev.interdict.support;

import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets and personal data out of texts. A secret goes; a name becomes a pseudonym that is
/// the same wherever the name stands, so that whoever helps can still tell one from another. It
/// knows names that it was told, and forms that give secrets and persons away; it rather takes too
/// much. Not thread-safe.
public final class Redaction {
  /// What is taken out, by the word that stands in its place.
  public enum Kind {
    /// Gone for good; all others get a number.
    SECRET,
    USER,
    HOST,
    EMAIL,
    ADDRESS,
    /// Something long that nobody can read: an id, a fingerprint, a hash.
    ID
  }

  private static final String GONE = "[secret]";
  private static final int SHORTEST = 2;

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|$)", Pattern.DOTALL);

  /// A member or a setting whose name says that its value is a secret.
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(?:passw|passphrase|secret|token|credential|cookie|authorization|api-?_?key"
              + "|private|bearer|otp|\\bpin\\b).*");

  /// A whole word that names a secret, from its first letter or dash.
  private static final String NAMED =
      "(?<![\\w.-])[\\w.-]*(?:passw|passphrase|secret|token|credential|cookie|authorization"
          + "|api-?_?key|private-?_?key)[\\w-]*";

  private static final String SET_TO = "\\\\*[\"']?\\s*[:=]\\s*\\\\*";

  /// Goes on to the end of the line, whatever stands between.
  private static final Pattern COOKIES =
      Pattern.compile("(?im)((?<![\\w-])(?:set-)?cookie2?[ \\t]*:[ \\t]*)(?=\\S)[^\\r\\n]+");

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)(authorization[ \\t]*:[ \\t]*)[^\\s\"']+[ \\t]+[^\\r\\n]+");

  /// Goes on to its quote, or to the end of the line where there is none.
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?im)("
              + NAMED
              + SET_TO
              + "|(?=-)"
              + NAMED
              + "\\s+)([\"'])(?!\\2|\\[secret]\\2)[^\\r\\n]*?(?=(?<!\\\\)\\2|$)");

  private static final Pattern SECRET =
      Pattern.compile("(?i)(" + NAMED + SET_TO + ")(?!\\[secret])([^\\s\"';}\\]]*[^\\s\"',;}\\]])");

  /// How many there are is none.
  private static final Pattern COUNT = Pattern.compile("(?i)[\\w.-]*s\\s*[:=]\\s*\\d{1,9}");

  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)((?=-)" + NAMED + "(?<!-file)(?![\\w-])[\\s,\"']+)(?![-\\[])[^\\s\"',\\]]+");

  /// A proxy's user, which stands without a scheme.
  private static final Pattern BARE_USER_INFO =
      Pattern.compile("(?<![\\w:/@])[^\\s:/@\"'=,]{1,128}:[^\\s/\"']{1,256}@(?=[\\p{L}\\p{N}\\[])");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{6,}");

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s]+@");
  private static final Pattern EMAIL =
      Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");

  private static final Pattern HOME =
      Pattern.compile("((?:/home|/Users|[A-Za-z]:\\\\{1,2}Users)[/\\\\]{1,2})([^/\\\\\\s\"':,;]+)");

  /// Also after the place of what was said of its user.
  private static final Pattern URL_HOST =
      Pattern.compile("(?:(?<=://)|(?<=://\\[secret]@))[^/:\\s\"'\\[\\]]+");

  private static final Pattern QUALIFIED =
      Pattern.compile(
          "(?i)(?<![\\w.@-])(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+"
              + "(?:com|net|org|edu|gov|int|io|cn|hk|tw|jp|kr|sg|in|de|at|ch|fr|uk|eu|us|ca|au|local"
              + "|lan|internal|intranet|corp|home|arpa|example|test|invalid)(?![\\w.-]*\\w)");

  private static final Pattern IPV4 =
      Pattern.compile("(?<![\\w.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\w.]*\\w)");

  /// At least four groups, so that no time of day is one.
  private static final Pattern IPV6 =
      Pattern.compile(
          "(?i)(?<![\\w:])(?:(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}|[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*"
              + "::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?)(?![\\w:])");

  private static final Pattern LONG =
      Pattern.compile(
          "(?<![A-Za-z0-9+_-])(?=[A-Za-z_+-]*\\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+_-]{24,}={0,2}");

  /// Base64 with its slashes, which in paths of ours do not stand between so many capitals.
  private static final Pattern BASE64 =
      Pattern.compile(
          "(?<![A-Za-z0-9+/])(?=[A-Za-z+/]*\\d)(?=[a-z0-9+/]*[A-Z])[A-Za-z0-9+/]{32,}={0,2}");

  private static final Pattern HEX = Pattern.compile("(?i)[0-9a-f-]{24,}");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");
  private static final Set<String> NOBODY =
      Set.of("localhost", "127.0.0.1", "0.0.0.0", "::1", "::", "root", "nobody");

  private final Map<Kind, Map<String, String>> pseudonyms = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> taken = new EnumMap<>(Kind.class);
  private final Map<String, Kind> names = new HashMap<>();
  private final Map<String, Kind> many = new HashMap<>();
  private Pattern anyName = Pattern.compile("(?!)");

  /// Tells it a name, which is found wherever it stands between other letters and digits.
  public Redaction name(Kind kind, String name) {
    var known = name.strip().toLowerCase(Locale.ROOT);
    if (known.length() >= SHORTEST && !NOBODY.contains(known) && names.put(known, kind) == null) {
      var parts = new ArrayList<>(names.keySet());
      // The longest first, so that a part of a name never stands for the whole.
      parts.sort((a, b) -> b.length() - a.length());
      anyName =
          Pattern.compile(
              "(?iu)(?<![\\p{L}\\p{N}])(?:"
                  + String.join("|", parts.stream().map(Pattern::quote).toList())
                  + ")(?![\\p{L}\\p{N}])");
    }
    return this;
  }

  /// Tells it names of which there may be very many; they are found where they stand as a word.
  public Redaction names(Kind kind, Iterable<String> all) {
    for (var name : all) {
      var known = name.strip().toLowerCase(Locale.ROOT);
      if (known.length() >= SHORTEST && !NOBODY.contains(known)) {
        many.put(known, kind);
      }
    }
    return this;
  }

  /// What may be shown of `text`.
  public String text(String text) {
    var shown = replaced(PEM, text, _ -> secret());
    shown = replaced(COOKIES, shown, found -> found.group(1) + secret());
    shown = replaced(AUTHORIZATION, shown, found -> found.group(1) + secret() + " " + secret());
    shown = replaced(BEARER, shown, found -> found.group(1) + secret());
    shown = replaced(QUOTED, shown, found -> found.group(1) + found.group(2) + secret());
    shown = replaced(SECRET, shown, this::value);
    shown = replaced(OPTION, shown, found -> found.group(1) + secret());
    shown = replaced(USER_INFO, shown, _ -> secret() + "@");
    shown = replaced(BARE_USER_INFO, shown, _ -> secret() + "@");
    shown = replaced(EMAIL, shown, found -> pseudonym(Kind.EMAIL, found.group()));
    shown = replaced(HOME, shown, found -> found.group(1) + pseudonym(Kind.USER, found.group(2)));
    shown = replaced(anyName, shown, found -> known(names, found.group()));
    shown = replaced(WORD, shown, found -> known(many, found.group()));
    shown = replaced(URL_HOST, shown, found -> pseudonym(Kind.HOST, found.group()));
    shown = replaced(QUALIFIED, shown, found -> pseudonym(Kind.HOST, found.group()));
    shown = replaced(IPV4, shown, found -> pseudonym(Kind.ADDRESS, found.group()));
    shown = replaced(IPV6, shown, found -> pseudonym(Kind.ADDRESS, found.group()));
    shown = replaced(BASE64, shown, found -> unreadable(found.group()));
    return replaced(LONG, shown, found -> unreadable(found.group()));
  }

  /// What may be shown of `json`; of a member whose name says so, nothing but whether it is set.
  /// Names of members are the program's own words and stay.
  public Json json(Json json) {
    return switch (json) {
      case Json.Text(var value) -> new Json.Text(text(value));
      case Json.Arr(var items) -> new Json.Arr(items.stream().map(this::json).toList());
      case Json.Obj(var members) -> {
        var shown = new LinkedHashMap<String, Json>();
        members.forEach((name, value) -> {
          var secret = tells(value) && SECRET_NAME.matcher(name).matches();
          shown.put(name, secret ? new Json.Text(secret()) : json(value));
        });
        yield new Json.Obj(shown);
      }
      case Json.Int _, Json.Decimal _, Json.Bool _, Json.Null _ -> json;
    };
  }

  private static boolean tells(Json value) {
    return switch (value) {
      case Json.Text(var text) -> !text.isEmpty();
      case Json.Arr _, Json.Obj _, Json.Int _, Json.Decimal _ -> true;
      case Json.Bool _, Json.Null _ -> false;
    };
  }

  private String value(MatchResult found) {
    return COUNT.matcher(found.group()).matches() ? found.group() : found.group(1) + secret();
  }

  /// How often something of each kind was taken out.
  public Map<Kind, Integer> taken() {
    return Collections.unmodifiableMap(taken);
  }

  private String known(Map<String, Kind> known, String name) {
    var kind = known.get(name.toLowerCase(Locale.ROOT));
    return kind == null ? name : pseudonym(kind, name);
  }

  private String unreadable(String word) {
    return HEX.matcher(word).matches() ? pseudonym(Kind.ID, word) : secret();
  }

  private String secret() {
    taken.merge(Kind.SECRET, 1, Integer::sum);
    return GONE;
  }

  private String pseudonym(Kind kind, String name) {
    var known = name.toLowerCase(Locale.ROOT);
    if (NOBODY.contains(known) || isPseudonym(known)) {
      return name;
    }
    taken.merge(kind, 1, Integer::sum);
    var ofKind = pseudonyms.computeIfAbsent(kind, _ -> new HashMap<>());
    return ofKind.computeIfAbsent(
        known, _ -> kind.name().toLowerCase(Locale.ROOT) + "-" + (ofKind.size() + 1));
  }

  private static final Set<String> WORDS = words();

  private static Set<String> words() {
    var words = new HashSet<String>();
    for (var kind : Kind.values()) {
      words.add(kind.name().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /// What stands in something's place is not taken out again.
  private static boolean isPseudonym(String known) {
    var dash = known.lastIndexOf('-');
    return known.equals(GONE)
        || dash > 0
            && WORDS.contains(known.substring(0, dash))
            && known.substring(dash + 1).chars().allMatch(Character::isDigit);
  }

  private static String replaced(Pattern what, String text, Function<MatchResult, String> by) {
    return what.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
  }

  /// The words that stand in the place of what is taken out, for the manifest.
  public static List<String> places() {
    return List.of(GONE, "user-N", "host-N", "email-N", "address-N", "id-N");
  }
}
