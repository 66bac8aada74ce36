package dev.interdict.server.cli.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The few shapes of osquery's SQL that say nothing but «one of these is installed»: `SELECT … FROM
/// table WHERE column = 'a' OR column = 'b'`, or `column IN ('a', 'b')`, alone or as `SELECT 1
/// WHERE NOT EXISTS (…)`. Every other query, however alike, is none of them.
///
/// @param absent whether it answers where nothing is found, so that having it is the fault
record Sql(boolean absent, String table, String column, List<String> values) {
  /// All possessive: the engine would else keep a frame for each character of a literal.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*+(?:('[^']*+(?:''[^']*+)*+')|(\"[^\"]*+\")|([A-Za-z_][A-Za-z0-9_.]*+|[0-9]++)|(.))",
          Pattern.DOTALL);

  private static final int LONGEST = 20_000;

  public Sql {
    values = List.copyOf(values);
  }

  /// The query, or null where it is of no such shape.
  static @Nullable Sql read(String query) {
    if (query.length() > LONGEST) {
      return null;
    }
    var tokens = new ArrayList<String>();
    var matcher = TOKEN.matcher(query.strip());
    while (matcher.lookingAt()) {
      tokens.add(token(matcher));
      matcher.region(matcher.end(), matcher.regionEnd());
    }
    if (matcher.regionStart() != matcher.regionEnd()) {
      return null;
    }
    while (!tokens.isEmpty() && tokens.getLast().equals(";")) {
      tokens.removeLast();
    }
    var reading = new Reading(tokens);
    var absent = reading.take("SELECT", "1", "WHERE", "NOT", "EXISTS", "(");
    var found = reading.select(absent);
    return found != null && (!absent || reading.take(")")) && reading.isAtEnd() ? found : null;
  }

  private static String token(Matcher matcher) {
    var text = matcher.group(1);
    if (text != null) {
      return text;
    }
    var word = matcher.group(3);
    var other = matcher.group(2);
    return word != null ? word : other != null ? other : matcher.group(4);
  }

  /// Goes over the words once.
  private static final class Reading {
    private final List<String> tokens;
    private int at;

    Reading(List<String> tokens) {
      this.tokens = tokens;
    }

    boolean isAtEnd() {
      return at == tokens.size();
    }

    /// Takes all of these words, or none.
    boolean take(String... words) {
      for (var i = 0; i < words.length; i++) {
        if (at + i >= tokens.size() || !tokens.get(at + i).equalsIgnoreCase(words[i])) {
          return false;
        }
      }
      at += words.length;
      return true;
    }

    private @Nullable String next() {
      return at < tokens.size() ? tokens.get(at++) : null;
    }

    private static boolean isWord(@Nullable String token) {
      return token != null && token.matches("[A-Za-z_][A-Za-z0-9_.]*");
    }

    @Nullable Sql select(boolean absent) {
      if (!take("SELECT") || !columns() || !take("FROM")) {
        return null;
      }
      var table = next();
      if (!isWord(table) || !take("WHERE")) {
        return null;
      }
      var values = new ArrayList<String>();
      String column = null;
      do {
        var wrapped = take("(");
        var name = next();
        if (!isWord(name) || column != null && !column.equalsIgnoreCase(name) || !values(values)) {
          return null;
        }
        if (wrapped && !take(")")) {
          return null;
        }
        column = name;
      } while (take("OR"));
      return column == null
          ? null
          : new Sql(
              absent,
              String.valueOf(table).toLowerCase(Locale.ROOT),
              column.toLowerCase(Locale.ROOT),
              values);
    }

    /// What is selected does not matter where rows alone do; a function may make rows of none.
    private boolean columns() {
      do {
        if (!take("*") && !take("1") && !isWord(next())) {
          return false;
        }
      } while (take(","));
      return true;
    }

    private boolean values(List<String> values) {
      if (take("=")) {
        take("=");
        return value(values);
      }
      if (!take("IN", "(")) {
        return false;
      }
      do {
        if (!value(values)) {
          return false;
        }
      } while (take(","));
      return take(")");
    }

    private boolean value(List<String> values) {
      var token = next();
      if (token == null || token.length() < 3 || !token.startsWith("'")) {
        return false;
      }
      values.add(token.substring(1, token.length() - 1).replace("''", "'"));
      return true;
    }
  }
}
